"""BV: keys in headers, integer cents, the rate as a fraction of one, a suggestion matrix that may fail."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from aiohttp import web

from sandbox.banks.access import is_good
from sandbox.banks.amounts import cents_of_integer
from sandbox.banks.dialects.base import STATUSES, Dialect, Handler, answer
from sandbox.banks.messages import Complaint, Decision, PreApprovalAsk, PricingAsk, Quote, Trouble, Verdict
from sandbox.banks.proposals import wordings
from sandbox.banks.reading import boolean, count, day, document, integer, read_body, read_header, text

_KEY = "X-Correlation-Id"

_REFUSALS = {
    Verdict.DOWN_PAYMENT: "D-010",
    Verdict.TERM: "D-011",
    Verdict.VEHICLE: "D-012",
    Verdict.MISSING_DATA: "D-013",
    Verdict.REFUSED: "D-100",
}
_CHARGES = {
    "iof_value": "TAX_IOF",
    "contract_record_rate": "CONTRACT_RECORD",
    "property_valuation_rate": "APPRAISAL",
    "register_rate": "REGISTRATION",
    "spf": "CREDIT_INSURANCE",
}
_CODES = {
    Complaint.UNSTABLE: "BV-503",
    Complaint.VALIDATION: "BV-400",
    Complaint.UNAUTHENTICATED: "BV-401",
    Complaint.FORBIDDEN: "BV-403",
}


class Bv(Dialect):
    """The words of BV."""

    applicant: ClassVar[Mapping[str, str]] = {
        "cpf_cnpj": "client.taxId",
        "has_cnh": "client.hasDriverLicense",
        "phone_number": "client.phone",
        "name": "client.name",
        "birthdate": "client.birthDate",
        "email": "client.email",
        "retrieve_gender": "client.gender",
        "monthly_income": "client.monthlyIncome",
        "retrieve_occupation": "client.occupation",
        "address.zip_code": "client.zipCode",
    }

    wording: ClassVar[wordings.Wording] = wordings.BV

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/v1/pre-analysis", self.pre_approve),
            ("POST", "/v1/pre-analysis/search", self.find_pre_approval),
            ("POST", "/v1/pricing-online", self.price),
            ("POST", "/v1/pricing-online/search", self.find),
            ("POST", "/v1/proposals", self.take_proposal),
            ("POST", "/v1/proposals/search", self.find_proposal),
            ("POST", "/v1/proposals/documents", self.take_document),
            ("POST", "/v1/proposals/cancel", self.cancel_proposal),
        ]

    def complain(self, trouble: Trouble) -> web.Response:
        error: dict[str, object] = {"code": _CODES[trouble.complaint], "title": "Request not served"}
        if trouble.complaint is Complaint.VALIDATION:
            error["field"] = trouble.field or "client.taxId"
        return answer({"errors": [error]}, STATUSES[trouble.complaint])

    async def pre_approve(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        ask = PreApprovalAsk(read_header(request, _KEY), body.read("client.taxId", document))
        approved = await self.branch.pre_approve(ask)
        return answer(_pre_analysis(approved))

    async def find_pre_approval(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        approved = self.branch.find_pre_approval(body.read("correlationId", text))
        return answer({"items": [] if approved is None else [_pre_analysis(approved)]})

    async def price(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        applicant = body.read("client.taxId", document)
        ask = PricingAsk(
            key=read_header(request, _KEY),
            document=applicant,
            asset_value=body.read("pricing.vehicleValue", cents_of_integer),
            down_payment=body.read("pricing.entryValue", cents_of_integer),
            extras=body.read("pricing.additionalValue", cents_of_integer),
            installments=body.read("pricing.term", count),
            release_date=body.read("pricing.releaseDate", day("%Y-%m-%d")),
            manufacture_year=body.read("vehicle.manufactureYear", integer),
            zero_km=body.read("vehicle.isNew", boolean),
            insurance=body.read("pricing.creditInsurance", boolean),
            dealer_return=body.read_level("pricing.returnLevel"),
            missing=self.missing(body, applicant),
        )
        return answer(_pricing(await self.decide(request, ask)))

    async def find(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        decision = self.branch.find(body.read("correlationId", text))
        return answer({"items": [_pricing(decision)] if decision else []})

    async def take_proposal(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        return answer(await self.window.take(request, body, read_header(request, _KEY)))

    async def find_proposal(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        found = self.window.find(body.read("correlationId", text))
        return answer({"items": [] if found is None else [found]})

    async def take_document(self, request: web.Request) -> web.Response:
        _admit(request)
        body = await read_body(request)
        return answer(self.window.hand_in(body, body.read("correlationId", text)))

    async def cancel_proposal(self, request: web.Request) -> web.Response:
        _admit(request)
        return answer(self.window.cancel((await read_body(request)).read("correlationId", text)))


def _admit(request: web.Request) -> None:
    if not is_good(request.headers.get("X-Client-Id"), request.headers.get("X-Api-Key")):
        raise Trouble(Complaint.UNAUTHENTICATED)


def _pre_analysis(approved: bool) -> dict[str, object]:
    return {"preAnalysis": "ACCEPTED" if approved else "REJECTED"}


def _pricing(decision: Decision) -> dict[str, object]:
    body: dict[str, object] = {
        "correlationId": decision.key,
        "pricingToken": decision.number,
        "decision": {Verdict.APPROVED: "APPROVED", Verdict.DESK: "MANUAL_ANALYSIS"}.get(decision.verdict, "DENIED"),
        "denialCode": _REFUSALS.get(decision.verdict),
        "minimumEntryValue": decision.minimum,
        "availableValue": decision.available,
    }
    if decision.matrix_failed:
        body["suggestionMatrix"] = {"status": "ERROR", "code": "SM-500"}
    else:
        body["suggestionMatrix"] = {"status": "OK", "idealEntryValue": decision.ideal}
    if decision.quote:
        body["pricing"] = _terms(decision.quote)
    return body


def _terms(quote: Quote) -> dict[str, object]:
    return {
        "monthlyRate": quote.monthly_rate * Decimal("0.01"),
        "installmentFlow": list(quote.installments),
        "expenses": [
            {"kind": _CHARGES[kind], "id": f"x{index}", "value": value}
            for index, (kind, value) in enumerate(quote.charges, start=1)
        ],
        "tableCode": quote.table_code,
        "tableDescription": quote.table_name,
        "returnLevel": str(quote.dealer_return),
    }
