"""Crédito na Medida over HTTP: client credentials buy a token; an inquiry answers a summary and a PDF.

The provider publishes no reference of its interface (docs/sources.md, bureaus): addresses and members are our own,
made from what its users' manuals tell. An inquiry carries our reference and can be looked up by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote

import httpx

from lastro.bureaus.ports import (
    BureauToken,
    BureauUnavailable,
    InquiryRequest,
    InquiryUnknown,
    Product,
    RawAnswer,
    RefusedByBureau,
    RestrictionCode,
)
from lastro.bureaus.providers.catalogue import CREDITO_NA_MEDIDA
from lastro.bureaus.providers.environment import Route
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.reports.report import InquiryReport
from lastro.kernel.calendar import Clock
from lastro.kernel.documents import Document
from lastro.vendors.bureaus.bodies import BureauBody
from lastro.vendors.bureaus.credito_na_medida import mapping
from lastro.vendors.bureaus.credito_na_medida.errors import ERRORS, LOGIN, NOT_THERE, PAUSE_SECONDS
from lastro.vendors.bureaus.expiry import expiry_of
from lastro.vendors.bureaus.failures import failure_of, rejected_credentials, understood, unsupported
from lastro.vendors.bureaus.http import MOST_REPORT_BYTES, raw_of, send
from lastro.vendors.kit.json import write_json
from lastro.vendors.kit.tokens import read_bearer

_LOGIN = "/oauth/token"
_INQUIRIES = "/v1/consultas"
_CODES = "/v1/codigos"


class CreditoNaMedidaBureau:
    """The ``Bureau`` port spoken as Crédito na Medida does."""

    def __init__(self, *, route: Route, fields: Mapping[str, str], http: httpx.AsyncClient, clock: Clock) -> None:
        self.provider = CREDITO_NA_MEDIDA.code
        self.environment = route.environment
        self._route = route
        self._fields = fields
        self._http = http
        self._clock = clock

    async def login(self) -> BureauToken:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._fields["client_id"],
            "client_secret": self._fields["client_secret"],
        }
        asked_at = self._clock.now()
        request = self._http.build_request("POST", self._route.base_url + _LOGIN, data=form)
        raw = raw_of(await send(self._http, request, self._route, acts=False))
        if raw.http_status != HTTPStatus.OK:
            raise failure_of(LOGIN, raw, acts=False, code=error_code(raw), pause=PAUSE_SECONDS)

        def read() -> BureauToken:
            answer = BureauBody(BureauBody.parse(raw.body), "login")
            value = answer.read("access_token", read_bearer)
            stated = answer.read_or_none("expires_in", lambda found: found)
            return BureauToken(value, expiry_of(value, stated, asked_at))

        return understood(raw, read)

    async def inquire(self, request: InquiryRequest, token: BureauToken | None) -> tuple[RawAnswer, InquiryReport]:
        raw = await self._call("POST", _INQUIRIES, token, mapping.inquiry_body(request), acts=True)
        if not understood(raw, lambda: mapping.is_done(BureauBody.parse(raw.body))):
            raise InquiryUnknown("the inquiry is accepted and not ready", code=BureauReason.PENDING, raw=raw)
        return _result(raw, request.document)

    async def find_inquiry(
        self, request: InquiryRequest, token: BureauToken | None
    ) -> tuple[RawAnswer, InquiryReport] | None:
        path = f"{_INQUIRIES}/{quote(request.key, safe='')}"
        raw = await self._call("GET", path, token, acts=False, absent=True)
        if _is_absent(raw):
            return None
        if not understood(raw, lambda: mapping.is_done(BureauBody.parse(raw.body))):
            raise BureauUnavailable("the inquiry is not ready", code=BureauReason.PENDING, raw=raw)
        return _result(raw, request.document)

    async def list_reports(self, *_: object, **__: object) -> tuple[Product, ...]:
        """The two inquiries on offer, one a kind of person."""
        return tuple(Product(report.code, report.name, report.person) for report in CREDITO_NA_MEDIDA.reports)

    async def list_codes(self, token: BureauToken | None) -> tuple[RestrictionCode, ...]:
        raw = await self._call("GET", _CODES, token, acts=False)
        return understood(raw, lambda: mapping.codes(BureauBody.parse(raw.body)))

    async def check_credential(self, name: str) -> None:
        """The client id and its secret are tried together, by a login."""
        if name not in CREDITO_NA_MEDIDA.secret_fields:
            raise unsupported("check of this field")
        await self.login()

    async def _call(
        self,
        method: str,
        path: str,
        token: BureauToken | None,
        body: object = None,
        *,
        acts: bool,
        absent: bool = False,
    ) -> RawAnswer:
        """The answer of 2xx, or where ``absent`` says so the one that there is no such inquiry."""
        if token is None:
            raise rejected_credentials()
        headers = {"authorization": f"Bearer {token.value}", "accept": "application/json"}
        if body is not None:
            headers["content-type"] = "application/json"
        content = None if body is None else write_json(body)
        request = self._http.build_request(method, self._route.base_url + path, headers=headers, content=content)
        response = await send(self._http, request, self._route, acts=acts, most_bytes=MOST_REPORT_BYTES)
        raw = raw_of(response)
        if response.is_success or (absent and _is_absent(raw)):
            return raw
        raise failure_of(ERRORS, raw, acts=acts, code=error_code(raw), pause=PAUSE_SECONDS)


def _is_absent(raw: RawAnswer) -> bool:
    """Whether a look-up was answered that no such inquiry is known, as yet."""
    return NOT_THERE.holds(raw.http_status, code=error_code(raw))


def error_code(raw: RawAnswer) -> str | None:
    """The code of an error answer, ``None`` where it has none."""
    try:
        return BureauBody(BureauBody.parse(raw.body)).within("erro").text_or_none("codigo")
    except RefusedByBureau:
        return None


def _result(raw: RawAnswer, document: Document) -> tuple[RawAnswer, InquiryReport]:
    def read() -> tuple[RawAnswer, InquiryReport]:
        body = BureauBody.parse(raw.body)
        return replace(raw, attachment=mapping.attachment(body)), mapping.report(body, document)

    return understood(raw, read)
