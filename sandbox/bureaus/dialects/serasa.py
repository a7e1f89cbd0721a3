"""Serasa: a login of 201 whose expiry is epoch seconds in a text, reports by GET, the errors of its gateway."""

from __future__ import annotations

import base64
import binascii
import json

from aiohttp import web

from lastro.bureaus.providers.catalogue import Person
from sandbox.banks.access import basic_pair, bearer_token, is_good
from sandbox.bureaus.desk import Ask, Desk
from sandbox.bureaus.dialects.base import Dialect, Handler, answer, bare_document, garbage
from sandbox.bureaus.dialects.serasa_report import report_body
from sandbox.bureaus.listings.desk import ListingDesk
from sandbox.bureaus.listings.pefin import Pefin
from sandbox.bureaus.outcomes import Outcome

_LOGIN = "/security/iam/v1/client-identities/login"
_NATURAL = "/credit-services/person-information-report/v1/creditreport"
_LEGAL = "/credit-services/business-information-report/v1/reports"

_FAULT = {
    "fault": {
        "faultstring": "Execution of ServiceCallout Auth-Header-Validator failed. Reason: ResponseCode 401",
        "detail": {"errorcode": "steps.servicecallout.ExecutionFailed"},
    }
}
_ERRORS: dict[Outcome, tuple[int, object]] = {
    Outcome.BAD_REQUEST: (400, "Bad Request"),
    Outcome.UNAUTHORIZED: (401, "Authorization Failed"),
    Outcome.REVOKED_TOKEN: (500, _FAULT),
    Outcome.NOT_FOUND: (404, "[ERROR][DOCUMENT_NOT_FOUND] Documento não encontrado na Serasa Experian"),
    Outcome.UNKNOWN_REPORT: (404, "Not Found"),
    Outcome.INVALID_DOCUMENT: (
        412,
        "[ERROR][INVALID-REQUEST] informe o documento a ser consultado válido em [X-Document-Id]",
    ),
    Outcome.UNKNOWN_FEATURE: (
        412,
        "[ERROR][INVALID-REQUEST] Features solicitadas não existem ou não estão autorizadas",
    ),
    Outcome.NOT_CONTRACTED: (412, "[ERROR][USER-NOT-AUTHORIZED] Transações negadas"),
    Outcome.UNKNOWN_USER: (412, "[ERROR][USER-NOT-AUTHORIZED] Usuário não autorizado [BPCB]"),
    Outcome.PROCESSING_ERROR: (500, "[ERROR][PROCESSING] Ocorreu um erro com as features: [SCORE_POSITIVO]"),
    Outcome.TOO_MANY_REQUESTS: (429, "Too Many Requests"),
    Outcome.SPIKE_ARREST: (503, {"message": "SpikeArrest engaged"}),
    Outcome.UNSTABLE: (503, {"message": "Service Unavailable"}),
}


class Serasa(Dialect):
    """The words of Serasa."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pefin = Pefin(ListingDesk(desk))

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", _LOGIN, self.log_in),
            ("GET", _NATURAL, self.report_person),
            ("GET", _LEGAL, self.report_company),
            *self.pefin.routes(),
        ]

    def complain(self, outcome: Outcome) -> web.Response:
        if outcome is Outcome.INVALID_CREDENTIALS:
            return answer([{"code": "401", "message": "Invalid credentials"}], 401)
        status, body = _ERRORS.get(outcome, _ERRORS[Outcome.UNSTABLE])
        if isinstance(body, str) and status in (404, 412):
            return answer([{"code": str(status), "message": body}], status)
        return answer({"message": body} if isinstance(body, str) else body, status)

    async def log_in(self, request: web.Request) -> web.Response:
        user, password = basic_pair(request.headers.get("Authorization"))
        token, ends = await self.desk.log_in(user, good=is_good(user, password))
        return answer(
            {
                "accessToken": token,
                "tokenType": "Bearer",
                "expiresIn": str(int(ends.timestamp())),
                "scope": ["READ", "WRITE"],
            },
            201,
        )

    async def report_person(self, request: web.Request) -> web.Response:
        return await self._report(request, 11)

    async def report_company(self, request: web.Request) -> web.Response:
        return await self._report(request, 14)

    async def _report(self, request: web.Request, length: int) -> web.Response:
        header = request.headers.get("X-Document-Id", "")
        document = bare_document(header)
        features = request.query.get("optionalFeatures", "")
        ask = Ask(
            document=document or header,
            report=request.query.get("reportName", ""),
            features=tuple(features.split(",")) if features else (),
            federal_unit=request.query.get("federalUnit"),
            retailer_document=request.headers.get("X-Retailer-Document-Id"),
        )
        self._check(request, ask, document, length)
        given = await self.inquire(request, ask)
        if given.outcome is Outcome.GARBAGE:
            return garbage()
        return answer(report_body(given))

    def _check(self, request: web.Request, ask: Ask, document: str | None, length: int) -> None:
        """What the gateway looks at before any script: token, headers, parameters."""
        authorization = request.headers.get("Authorization")
        if authorization is None:
            raise self.desk.refuse(ask, Outcome.UNAUTHORIZED)
        if not self.desk.admits(bearer_token(authorization)):
            raise self.desk.refuse(ask, Outcome.REVOKED_TOKEN)
        if "X-Document-Id" not in request.headers:
            raise self.desk.refuse(ask, Outcome.PROCESSING_ERROR)
        if document is None or len(document) != length:
            raise self.desk.refuse(ask, Outcome.INVALID_DOCUMENT)
        if not ask.report:
            raise self.desk.refuse(ask, Outcome.NOT_CONTRACTED)
        if not self.desk.is_known_report(ask.report, document):
            raise self.desk.refuse(ask, Outcome.UNKNOWN_REPORT)
        known = self.desk.facts.features or {}
        if not set(ask.features) <= set(known.get(Person.LEGAL if length == 14 else Person.NATURAL, ())):
            raise self.desk.refuse(ask, Outcome.UNKNOWN_FEATURE)
        parameters = request.query.get("reportParameters")
        if parameters is not None and not _are_parameters(parameters):
            raise self.desk.refuse(ask, Outcome.BAD_REQUEST)


def _are_parameters(text: str) -> bool:
    """Whether the text is base 64 of ``{"reportParameters": [{"name", "value"}]}``."""
    try:
        body: object = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return False
    named = body.get("reportParameters") if isinstance(body, dict) else None
    return isinstance(named, list) and all(isinstance(item, dict) and {"name", "value"} == set(item) for item in named)
