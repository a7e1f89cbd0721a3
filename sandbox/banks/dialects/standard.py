"""The standard dialect of the banks that give no advice: an API key, cents by name, problem details."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aiohttp import web

from sandbox.banks.access import is_good
from sandbox.banks.amounts import cents_of_integer
from sandbox.banks.dialects.base import STATUSES, Dialect, Handler, answer
from sandbox.banks.messages import Complaint, Decision, PreApprovalAsk, PricingAsk, Quote, Trouble, Verdict
from sandbox.banks.proposals import wordings
from sandbox.banks.reading import boolean, count, day, document, integer, read_body, read_header

_KEY = "Idempotency-Key"

_REFUSALS = {
    Verdict.DOWN_PAYMENT: "down_payment_below_minimum",
    Verdict.TERM: "term_not_offered",
    Verdict.VEHICLE: "vehicle_not_financed",
    Verdict.MISSING_DATA: "applicant_data_missing",
    Verdict.REFUSED: "credit_denied",
}
_CHARGES = {
    "iof_value": "iof",
    "contract_record_rate": "contract_record",
    "property_valuation_rate": "vehicle_appraisal",
    "register_rate": "registration",
    "spf": "payment_protection",
}
_CODES = {
    Complaint.UNSTABLE: "service_unavailable",
    Complaint.VALIDATION: "invalid_fields",
    Complaint.UNAUTHENTICATED: "invalid_api_key",
    Complaint.FORBIDDEN: "not_entitled",
}


class Standard(Dialect):
    """The words of the banks of the standard dialect."""

    applicant: ClassVar[Mapping[str, str]] = {
        "cpf_cnpj": "applicant.document",
        "has_cnh": "applicant.has_driver_license",
        "phone_number": "applicant.phone_number",
        "name": "applicant.name",
        "birthdate": "applicant.birthdate",
        "email": "applicant.email",
        "retrieve_gender": "applicant.gender",
        "monthly_income": "applicant.monthly_income_in_cents",
        "retrieve_occupation": "applicant.occupation",
        "address.zip_code": "applicant.zip_code",
    }

    wording: ClassVar[wordings.Wording] = wordings.STANDARD

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/v1/pre_approvals", self.pre_approve),
            ("GET", "/v1/pre_approvals/{key}", self.find_pre_approval),
            ("POST", "/v1/quotes", self.price),
            ("GET", "/v1/quotes/{key}", self.find),
            ("POST", "/v1/proposals", self.take_proposal),
            ("GET", "/v1/proposals/{key}", self.find_proposal),
            ("POST", "/v1/proposals/{key}/documents", self.take_document),
            ("POST", "/v1/proposals/{key}/cancellation", self.cancel_proposal),
        ]

    def complain(self, trouble: Trouble) -> web.Response:
        status = STATUSES[trouble.complaint]
        body: dict[str, object] = {"title": "Request not served", "status": status, "code": _CODES[trouble.complaint]}
        if trouble.complaint is Complaint.VALIDATION:
            body["errors"] = [{"pointer": trouble.field or "applicant.document", "detail": "invalid"}]
        return answer(body, status)

    async def pre_approve(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        ask = PreApprovalAsk(read_header(request, _KEY), body.read("applicant.document", document))
        return _pre_approval(await self.branch.pre_approve(ask), 201)

    async def find_pre_approval(self, request: web.Request) -> web.Response:
        _admit(request)
        approved = self.branch.find_pre_approval(request.match_info["key"])
        return _absent() if approved is None else _pre_approval(approved, 200)

    async def price(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        applicant = body.read("applicant.document", document)
        ask = PricingAsk(
            key=read_header(request, _KEY),
            document=applicant,
            asset_value=body.read("asset_value_in_cents", cents_of_integer),
            down_payment=body.read("down_payment_in_cents", cents_of_integer),
            extras=body.read("additional_value_in_cents", cents_of_integer),
            installments=body.read("installments", count),
            release_date=body.read("release_date", day("%Y-%m-%d")),
            manufacture_year=body.read("vehicle.manufacture_year", integer),
            zero_km=body.read("vehicle.zero_km", boolean),
            insurance=body.read("payment_protection", boolean),
            dealer_return=body.read_level("dealer_return"),
            missing=self.missing(body, applicant),
        )
        return answer(_quote(await self.decide(request, ask)), 201)

    async def find(self, request: web.Request) -> web.Response:
        _admit(request)
        decision = self.branch.find(request.match_info["key"])
        if decision is None:
            return _absent()
        return answer(_quote(decision))

    async def take_proposal(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        return answer(await self.window.take(request, body, read_header(request, _KEY)), 201)

    async def find_proposal(self, request: web.Request) -> web.Response:
        _admit(request)
        found = self.window.find(request.match_info["key"])
        return _absent() if found is None else answer(found)

    async def take_document(self, request: web.Request) -> web.Response:
        _admit(request)
        return answer(self.window.hand_in(await read_body(request), request.match_info["key"]), 201)

    async def cancel_proposal(self, request: web.Request) -> web.Response:
        _admit(request)
        return answer(self.window.cancel(request.match_info["key"]))


def _admit(request: web.Request) -> None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme != "ApiKey" or not is_good(key):
        raise Trouble(Complaint.UNAUTHENTICATED)


def _pre_approval(approved: bool, status: int) -> web.Response:
    return answer({"status": "approved" if approved else "refused"}, status)


def _absent() -> web.Response:
    return answer({"title": "No such request", "status": 404, "code": "not_found"}, 404)


def _quote(decision: Decision) -> dict[str, object]:
    status = {Verdict.APPROVED: "offered", Verdict.DESK: "manual_review"}.get(decision.verdict, "declined")
    body: dict[str, object] = {
        "id": decision.number,
        "status": status,
        "decline_code": _REFUSALS.get(decision.verdict),
        "available_credit_in_cents": decision.available,
    }
    if decision.quote:
        body["offer"] = _offer(decision.quote)
    return body


def _offer(quote: Quote) -> dict[str, object]:
    return {
        "monthly_rate_percent": str(quote.monthly_rate),
        "table": {"code": quote.table_code, "description": quote.table_name},
        "dealer_return": str(quote.dealer_return),
        "payment_flow": {str(number): value for number, value in enumerate(quote.installments, start=1)},
        "fees": [
            {"type": _CHARGES[kind], "id": f"fee_{index}", "amount_in_cents": value}
            for index, (kind, value) in enumerate(quote.charges, start=1)
        ],
    }
