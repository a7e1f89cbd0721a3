"""Connect SA over HTTP: one form, posted with login and password (docs/sources.md, bureaus).

There is one public host and a flag in the form that asks for a simulated answer. Homologation sends that flag **and**
never calls that host: it works only against an address given by configuration.
"""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from lastro.bureaus.ports import InquiryRequest, Product, RawAnswer
from lastro.bureaus.providers.catalogue import CONNECT_SA
from lastro.bureaus.providers.environment import Route
from lastro.bureaus.reports.report import InquiryReport
from lastro.vendors.bureaus.absent import WithoutCodes, WithoutLogin, WithoutLookUp
from lastro.vendors.bureaus.bodies import BureauBody
from lastro.vendors.bureaus.connect_sa import mapping
from lastro.vendors.bureaus.connect_sa.errors import PAUSE_SECONDS, STATUSES
from lastro.vendors.bureaus.failures import failure_of, understood, unsupported
from lastro.vendors.bureaus.http import MOST_REPORT_BYTES, raw_of, send

_INQUIRY = "/mercurio/ws_consulta/"

# The address of the listing service is not published: this one, beside the inquiries', is our own guess.
_LISTING = "/mercurio/ws_pefin/"


class ConnectBureau(WithoutLogin, WithoutLookUp, WithoutCodes):
    """The ``Bureau`` port spoken as Connect SA does. An answer lost on the way cannot be looked up."""

    def __init__(
        self, *, route: Route, fields: Mapping[str, str], http: httpx.AsyncClient, integrator: Mapping[str, str]
    ) -> None:
        self.provider = CONNECT_SA.code
        self.environment = route.environment
        self._route = route
        self._fields = fields
        self._http = http
        self._integrator = integrator

    async def inquire(self, request: InquiryRequest, *_: object, **__: object) -> tuple[RawAnswer, InquiryReport]:
        raw = await self._post(_INQUIRY, "inquiry_password", mapping.inquiry_form(request, self.environment), acts=True)
        return raw, understood(raw, lambda: mapping.report(BureauBody.parse(raw.body), request.document))

    async def list_reports(self, *_: object, **__: object) -> tuple[Product, ...]:
        """The plans known by name; which of them are free is written in the contract alone."""
        return tuple(Product(report.code, report.name, report.person) for report in CONNECT_SA.reports)

    async def check_credential(self, name: str) -> None:
        """Try one of the two passwords with an operation that asks nothing about anybody."""
        paths = {"inquiry_password": _INQUIRY, "pefin_password": _LISTING}
        if name not in paths:
            raise unsupported("check of this field")
        # Simulated in production too: whatever the service makes of it, it charges nothing.
        form = {"operacao": "autenticar", "estatica": "S", "tiporesposta": "J"}
        raw = await self._post(paths[name], name, form, acts=False)
        understood(raw, lambda: mapping.check_success(BureauBody(BureauBody.parse(raw.body)), acts=False))

    async def _post(self, path: str, password: str, form: Mapping[str, str], *, acts: bool) -> RawAnswer:
        request = self._http.build_request(
            "POST",
            self._route.base_url + path,
            headers={"accept": "application/json"},
            data={
                "login": self._fields.get("login", ""),
                "password": self._fields[password],
                **self._integrator,
                **form,
            },
        )
        response = await send(self._http, request, self._route, acts=acts, most_bytes=MOST_REPORT_BYTES)
        raw = raw_of(response)
        if not response.is_success:
            raise failure_of(STATUSES, raw, acts=acts, pause=PAUSE_SECONDS)
        return raw
