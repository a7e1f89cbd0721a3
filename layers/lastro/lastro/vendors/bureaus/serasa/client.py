"""Serasa Experian over HTTP: a login that answers 201, then one GET a report (docs/sources.md, bureaus).

The document travels in a header, never in the address, and there is no way to look an inquiry up afterwards.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime

import httpx

from lastro.bureaus.ports import BureauToken, InquiryRequest, Product, RawAnswer, RefusedByBureau
from lastro.bureaus.providers.catalogue import SERASA, Person
from lastro.bureaus.providers.environment import Route
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.reports.report import InquiryReport
from lastro.kernel.calendar import Clock
from lastro.kernel.documents import Cpf
from lastro.vendors.bureaus.absent import WithoutCodes, WithoutLookUp
from lastro.vendors.bureaus.bodies import BureauBody
from lastro.vendors.bureaus.expiry import expiry_of
from lastro.vendors.bureaus.failures import Failure, failure_of, rejected_credentials, understood, unsupported
from lastro.vendors.bureaus.http import MOST_REPORT_BYTES, raw_of, send
from lastro.vendors.bureaus.serasa import mapping
from lastro.vendors.bureaus.serasa.errors import CODE, LOGIN, PAUSE_SECONDS, REPORT
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import JSON_HEADERS, basic_credentials
from lastro.vendors.kit.tables import Row
from lastro.vendors.kit.tokens import read_bearer

_LOGIN = "/security/iam/v1/client-identities/login"
_NATURAL = "/credit-services/person-information-report/v1/creditreport"
_LEGAL = "/credit-services/business-information-report/v1/reports"

# The spellings of the token and its expiry that clients of this login have met.
_TOKEN_NAMES = ("accessToken", "access_token", "AcessToken", "AccessToken")
_EXPIRY_NAMES = ("expiresIn", "expires_in", "ExpiresIn")


class SerasaBureau(WithoutLookUp, WithoutCodes):
    """The ``Bureau`` port spoken as Serasa does."""

    def __init__(self, *, route: Route, fields: Mapping[str, str], http: httpx.AsyncClient, clock: Clock) -> None:
        self.provider = SERASA.code
        self.environment = route.environment
        self._route = route
        self._fields = fields
        self._http = http
        self._clock = clock

    async def login(self) -> BureauToken:
        request = self._http.build_request(
            "POST",
            self._route.base_url + _LOGIN,
            headers=JSON_HEADERS
            | {"authorization": basic_credentials(self._fields["client_id"], self._fields["client_secret"])},
            content=b"{}",
        )
        asked_at = self._clock.now()
        response = await send(self._http, request, self._route, acts=False)
        if not response.is_success:
            raise _failure(response, LOGIN, acts=False)
        return understood(raw_of(response), lambda: _token(response.body, asked_at))

    async def inquire(self, request: InquiryRequest, token: BureauToken | None) -> tuple[RawAnswer, InquiryReport]:
        if token is None:
            raise rejected_credentials()
        sent = self._http.build_request(
            "GET",
            self._route.base_url + (_NATURAL if isinstance(request.document, Cpf) else _LEGAL),
            params=self._parameters(request),
            headers=self._headers(request, token),
        )
        response = await send(self._http, sent, self._route, acts=True, most_bytes=MOST_REPORT_BYTES)
        if not response.is_success:
            raise _failure(response, REPORT, acts=True)
        raw = raw_of(response)
        return raw, understood(raw, lambda: mapping.report(BureauBody.parse(raw.body), request.document))

    async def list_reports(self, *_: object, **__: object) -> tuple[Product, ...]:
        """Every report of the catalogue: which of them are free is written in the contract alone."""
        features = SERASA.features or {}
        return tuple(
            Product(report.code, report.name, report.person, features[report.person])
            for report in SERASA.reports
            if isinstance(report.person, Person)
        )

    async def check_credential(self, name: str) -> None:
        """The client id and its secret are tried together, by a login."""
        if name not in SERASA.secret_fields:
            raise unsupported("check of this field")
        await self.login()

    def _parameters(self, request: InquiryRequest) -> dict[str, str]:
        parameters = {"reportName": request.report}
        if request.features:
            parameters["optionalFeatures"] = ",".join(_feature(name) for name in request.features)
        if request.parameters:
            named = [{"name": name, "value": value} for name, value in request.parameters.items()]
            text = json.dumps({"reportParameters": named}, separators=(",", ":"))
            parameters["reportParameters"] = b64encode(text.encode()).decode()
        federal_unit = request.federal_unit or self._fields.get("federal_unit")
        if federal_unit:
            parameters["federalUnit"] = federal_unit
        return parameters

    def _headers(self, request: InquiryRequest, token: BureauToken) -> dict[str, str]:
        headers = {
            "authorization": f"Bearer {token.value}",
            "accept": "application/json",
            "x-document-id": request.document.value,
        }
        retailer = self._fields.get("retailer_document")
        if retailer:
            headers["x-retailer-document-id"] = retailer
        return headers


def _token(body: bytes, asked_at: datetime) -> BureauToken:
    answer = BureauBody(BureauBody.parse(body), "login")
    value = answer.read(next(filter(answer.has, _TOKEN_NAMES), _TOKEN_NAMES[0]), read_bearer)
    stated = next((answer.read(name, lambda found: found) for name in _EXPIRY_NAMES if answer.has(name)), None)
    return BureauToken(value, expiry_of(value, stated, asked_at))


def _failure(response: Answer, rows: Iterable[Row[BureauReason]], *, acts: bool) -> Failure:
    """What an answer outside 2xx stands for: its code and what else is said are looked for wherever they are."""
    text = response.body[:20_000].decode("utf-8", "replace")
    code = CODE.search(text)
    return failure_of(rows, raw_of(response), acts=acts, code=code and code[1], text=text, pause=_pause(response))


def _pause(response: Answer) -> int:
    stated = response.headers.get("retry-after", "")
    return min(int(stated), 300) if re.fullmatch(r"[0-9]{1,6}", stated, re.ASCII) else PAUSE_SECONDS


def _feature(name: str) -> str:
    """Serasa wants names between commas without spaces, in their own case."""
    if not name or not (name.isascii() and name.replace("_", "").isalnum()):
        raise RefusedByBureau("a feature is no name", code=BureauReason.UNKNOWN_FEATURE)
    return name
