"""SPC Brasil over SOAP with HTTP Basic: list of products and inquiry. An inquiry cannot be looked up afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import httpx

from lastro.bureaus.providers.catalogue import SPC_BRASIL
from lastro.vendors.bureaus.absent import WithoutCodes, WithoutLogin, WithoutLookUp
from lastro.vendors.bureaus.failures import understood, unsupported
from lastro.vendors.bureaus.http import MOST_REPORT_BYTES
from lastro.vendors.bureaus.spc_brasil import mapping, soap
from lastro.vendors.bureaus.spc_brasil.calling import post
from lastro.vendors.bureaus.spc_brasil.errors import FAULTS

if TYPE_CHECKING:
    from lastro.bureaus.ports import InquiryRequest, Product, RawAnswer
    from lastro.bureaus.providers.environment import Route
    from lastro.bureaus.reports.report import InquiryReport

_SERVICE = "/spc/remoting/ws/consulta/consultaWebService"


class SpcBureau(WithoutLogin, WithoutLookUp, WithoutCodes):
    """The ``Bureau`` port spoken as SPC Brasil does."""

    def __init__(self, *, route: Route, fields: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self.provider = SPC_BRASIL.code
        self.environment = route.environment
        self._route = route
        self._fields = fields
        self._http = http

    async def inquire(self, request: InquiryRequest, *_: object, **__: object) -> tuple[RawAnswer, InquiryReport]:
        raw = await self._post(soap.envelope("consultar", **mapping.inquiry_members(request)), acts=True)
        return raw, understood(raw, lambda: mapping.report(_inside(raw, "resultado"), request.document))

    async def list_reports(self, *_: object, **__: object) -> tuple[Product, ...]:
        """The products this operator may use, asked of the service."""
        raw = await self._post(soap.envelope("listarProdutos"), acts=False)
        return understood(raw, lambda: mapping.products(_inside(raw, "produtos")))

    async def check_credential(self, name: str) -> None:
        """Login and password are tried together by asking for the products, which costs nothing."""
        if name not in SPC_BRASIL.secret_fields:
            raise unsupported("check of this field")
        await self.list_reports()

    async def _post(self, content: bytes, *, acts: bool) -> RawAnswer:
        return await post(
            self._http,
            self._route,
            _SERVICE,
            self._fields,
            content,
            acts=acts,
            faults=FAULTS,
            most_bytes=MOST_REPORT_BYTES,
        )


def _inside(raw: RawAnswer, name: str) -> soap.Tree:
    return soap.tree(soap.opened_as(name, raw.body))
