"""Santander: OAuth 2 with Basic client authentication, reais in decimal texts, DD/MM/YYYY, declines as 422."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aiohttp import web

from sandbox.banks.access import TOKEN_LIFETIME_SECONDS, basic_pair, bearer_token, is_good
from sandbox.banks.amounts import cents_of_text, text_of
from sandbox.banks.dialects.base import STATUSES, Dialect, Handler, answer
from sandbox.banks.messages import Complaint, Decision, PreApprovalAsk, PricingAsk, Quote, Trouble, Verdict
from sandbox.banks.proposals import wordings
from sandbox.banks.reading import count, day, digits, document, flag, read_body, text

_REFUSALS = {
    Verdict.DOWN_PAYMENT: "AUT-4101",
    Verdict.TERM: "AUT-4102",
    Verdict.VEHICLE: "AUT-4103",
    Verdict.MISSING_DATA: "AUT-4104",
    Verdict.DESK: "AUT-4105",
    Verdict.REFUSED: "AUT-4199",
}
_CHARGES = {
    "iof_value": "0001",
    "contract_record_rate": "0101",
    "property_valuation_rate": "0102",
    "register_rate": "0103",
    "spf": "0201",
}
_CODES = {
    Complaint.UNSTABLE: "AUT-5030",
    Complaint.VALIDATION: "AUT-4000",
    Complaint.UNAUTHENTICATED: "AUT-4010",
    Complaint.FORBIDDEN: "AUT-4030",
}
_YES_OR_NO = flag("Y", "N")


class Santander(Dialect):
    """The words of Santander."""

    applicant: ClassVar[Mapping[str, str]] = {
        "cpf_cnpj": "customer.documentNumber",
        "has_cnh": "customer.driverLicense",
        "phone_number": "customer.mobilePhone",
        "name": "customer.fullName",
        "birthdate": "customer.birthDate",
        "email": "customer.email",
        "retrieve_gender": "customer.gender",
        "monthly_income": "customer.monthlyIncome",
        "retrieve_occupation": "customer.occupationCode",
        "address.zip_code": "customer.zipCode",
    }

    wording: ClassVar[wordings.Wording] = wordings.SANTANDER

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("POST", "/auth/oauth/v2/token", self.log_in),
            ("POST", "/auto/v2/eligibility", self.pre_approve),
            ("GET", "/auto/v2/eligibility", self.find_pre_approval),
            ("POST", "/auto/v2/quotes", self.price),
            ("GET", "/auto/v2/quotes", self.find),
            ("POST", "/auto/v2/proposals", self.take_proposal),
            ("GET", "/auto/v2/proposals", self.find_proposal),
            ("POST", "/auto/v2/proposals/documents", self.take_document),
            ("POST", "/auto/v2/proposals/cancellation", self.cancel_proposal),
        ]

    def complain(self, trouble: Trouble) -> web.Response:
        body: dict[str, object] = {"_errorCode": _CODES[trouble.complaint], "_message": "Request not served"}
        if trouble.complaint is Complaint.VALIDATION:
            body["_details"] = [{"_field": trouble.field or "customer.documentNumber", "_message": "Invalid"}]
        return answer(body, STATUSES[trouble.complaint])

    async def log_in(self, request: web.Request) -> web.Response:
        if not is_good(*basic_pair(request.headers.get("Authorization"))):
            return answer({"error": "invalid_client"}, 401)
        return answer(
            {"access_token": self.tokens.issue(), "token_type": "Bearer", "expires_in": TOKEN_LIFETIME_SECONDS}
        )

    async def pre_approve(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        ask = PreApprovalAsk(body.read("requestId", text), body.read("customer.documentNumber", document))
        return _eligibility(ask.key, await self.branch.pre_approve(ask))

    async def find_pre_approval(self, request: web.Request) -> web.Response:
        self._admit(request)
        key = request.query.get("requestId", "")
        approved = self.branch.find_pre_approval(key)
        return _absent() if approved is None else _eligibility(key, approved)

    async def price(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        applicant = body.read("customer.documentNumber", document)
        ask = PricingAsk(
            key=body.read("requestId", text),
            document=applicant,
            asset_value=body.read("financing.vehicleAmount", cents_of_text),
            down_payment=body.read("financing.downPaymentAmount", cents_of_text),
            extras=body.read("financing.additionalAmount", cents_of_text),
            installments=body.read("financing.termMonths", count),
            release_date=body.read("financing.releaseDate", day("%d/%m/%Y")),
            manufacture_year=body.read("vehicle.manufactureYear", digits),
            zero_km=body.read("vehicle.brandNew", _YES_OR_NO),
            insurance=body.read("financing.protectionInsurance", _YES_OR_NO),
            dealer_return=body.read_level("financing.dealerReturn"),
            missing=self.missing(body, applicant),
        )
        return _quote(await self.decide(request, ask))

    async def find(self, request: web.Request) -> web.Response:
        self._admit(request)
        decision = self.branch.find(request.query.get("requestId", ""))
        if decision is None:
            return _absent()
        return _quote(decision)

    async def take_proposal(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        return answer(await self.window.take(request, body, body.read("requestId", text)), 201)

    async def find_proposal(self, request: web.Request) -> web.Response:
        self._admit(request)
        found = self.window.find(request.query.get("requestId", ""))
        return _absent() if found is None else answer(found)

    async def take_document(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await read_body(request)
        return answer(self.window.hand_in(body, body.read("requestId", text)), 201)

    async def cancel_proposal(self, request: web.Request) -> web.Response:
        self._admit(request)
        return answer(self.window.cancel((await read_body(request)).read("requestId", text)))

    def _admit(self, request: web.Request) -> None:
        token = bearer_token(request.headers.get("Authorization"))
        if not self.tokens.are_good(token) or not is_good(request.headers.get("X-Application-Key")):
            raise Trouble(Complaint.UNAUTHENTICATED)


def _eligibility(key: str, approved: bool) -> web.Response:
    return answer({"requestId": key, "eligible": "Y" if approved else "N"})


def _absent() -> web.Response:
    return answer({"_errorCode": "AUT-4040", "_message": "No such request"}, 404)


def _quote(decision: Decision) -> web.Response:
    body: dict[str, object] = {
        "downPayment": {
            name: text_of(value)
            for name, value in (("minimum", decision.minimum), ("ideal", decision.ideal))
            if value is not None
        }
    }
    if decision.available is not None:
        body["creditLimit"] = text_of(decision.available)
    if decision.quote is None:
        return answer(body | {"_errorCode": _REFUSALS[decision.verdict], "_message": "Quote declined"}, 422)
    return answer(body | {"quote": _offer(decision.quote, decision)})


def _offer(quote: Quote, decision: Decision) -> dict[str, object]:
    return {
        "requestId": decision.key,
        "quoteId": decision.number,
        "monthlyRate": f"{quote.monthly_rate:.4f}",
        "table": {"code": quote.table_code, "name": quote.table_name, "dealerReturn": str(quote.dealer_return)},
        "installment": {
            "quantity": len(quote.installments),
            "amount": text_of(quote.installments[0]),
            "lastAmount": text_of(quote.installments[-1]),
        },
        "charges": [
            {"chargeCode": _CHARGES[kind], "chargeId": f"{index:04d}", "amount": text_of(value)}
            for index, (kind, value) in enumerate(quote.charges, start=1)
        ],
    }
