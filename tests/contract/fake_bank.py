"""A bank in memory: the port's behaviour without HTTP, for tests of whatever talks to banks.

It obeys the rules of the sandbox's scripts, given as the same dictionaries, and knows no published documents.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lastro.finance.price import price_schedule
from lastro.kernel.banks import BANKS, SUPPORTED_TERMS, Advice, BankFacts
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.kernel.money import MonthlyRate
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import BankAnswer, Expense, Offer, OfferRequest, PreApprovalRequest

RATE = "1.50"
FEE = 500_00
RETURN_STEP = Decimal("0.05")

_REFUSALS = {
    "refused": Reason.REFUSED,
    "pre_approval_refused": Reason.REFUSED,
    "desk": Reason.CREDIT_DESK,
}


class FakeBank:
    """Bank ``code`` of the catalogue. ``effects`` holds what it did, one dictionary an effect, as a ledger shows it."""

    def __init__(self, code: str = "341", *, credentials_accepted: bool = True) -> None:
        self.code = code
        self.effects: list[dict[str, Any]] = []
        self._facts: BankFacts = BANKS[code]
        self._accepted = credentials_accepted
        self._rules: list[dict[str, Any]] = []
        self._answers: dict[str, BankAnswer] = {}
        self._pre_approvals: dict[str, bool] = {}

    def script(self, rules: Sequence[Mapping[str, Any]]) -> None:
        """Replace the rules; the first that matches wins."""
        self._rules = [dict(rule) for rule in rules]

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        self._check_credentials()
        if request.key not in self._pre_approvals:
            document = request.applicant.document.value
            rule = self._match({"cpf": document}, counts=("pre_approval_refused",))
            await self._wait(rule)
            self._pre_approvals[request.key] = rule.get("outcome") != "pre_approval_refused"
            self._enter("pre_approval", request.key, document)
        return self._pre_approvals[request.key]

    async def find_pre_approval(self, key: str) -> bool | None:
        return self._pre_approvals.get(key)

    async def price(self, request: OfferRequest) -> BankAnswer:
        self._check_credentials()
        if request.key in self._answers:
            return self._answers[request.key]
        document = request.applicant.document.value
        rule = self._match(
            {"cpf": document, "installments": request.installments, "down_payment": request.down_payment}
        )
        await self._wait(rule)
        match rule.get("outcome"):
            case "unstable":
                raise Retryable("the bank is unstable", code=Reason.BANK_UNAVAILABLE)
            case "validation_error":
                raise Permanent("the bank refused fields", code=Reason.BANK_VALIDATION)
            case "invalid_credentials":
                raise Permanent("the bank refused the credentials", code=Reason.INVALID_CREDENTIALS)
        self._answers[request.key] = self._decide(request, rule)
        self._enter("simulation", request.key, document, request.installments, request.down_payment)
        if rule.get("outcome") == "timeout_after_effect":
            raise Unknown("no answer came", code=Reason.BANK_TIMEOUT)
        return self._answers[request.key]

    async def find_offer(self, key: str) -> BankAnswer | None:
        return self._answers.get(key)

    def _decide(self, request: OfferRequest, rule: Mapping[str, Any]) -> BankAnswer:
        outcome = rule.get("outcome")
        if request.installments not in SUPPORTED_TERMS:
            return BankAnswer(reason=Reason.UNSUPPORTED_TERM)
        if outcome == "desk":
            return BankAnswer(reason=Reason.CREDIT_DESK)
        minimum = None if self._facts.minimum is Advice.NEVER else rule.get("minimum_down_payment")
        ideal = None if self._facts.ideal is Advice.NEVER else rule.get("suggested_down_payment")
        if outcome == "suggestion_matrix_error":
            ideal = None
        reason = _REFUSALS.get(str(outcome))
        if reason is None and (request.down_payment >= request.asset_value or request.down_payment < (minimum or 0)):
            reason = Reason.UNSUPPORTED_DOWN_PAYMENT
        return BankAnswer(
            offer=None if reason else _offer(request),
            reason=reason,
            minimum_down_payment=minimum,
            suggested_down_payment=ideal,
        )

    def _match(self, call: Mapping[str, Any], counts: Sequence[str] | None = None) -> Mapping[str, Any]:
        for rule in self._rules:
            if rule.get("times") == 0 or not all(call.get(k) == v for k, v in rule.get("when", {}).items()):
                continue
            if "times" in rule and (counts is None or rule.get("outcome") in counts):
                rule["times"] -= 1
            return rule
        return {}

    async def _wait(self, rule: Mapping[str, Any]) -> None:
        await asyncio.sleep(rule.get("delay_ms", 0) / 1000)

    def _check_credentials(self) -> None:
        if not self._accepted:
            raise Permanent("the bank refused the credentials", code=Reason.INVALID_CREDENTIALS)

    def _enter(
        self,
        operation: str,
        key: str,
        document: str,
        installments: int | None = None,
        down_payment: int | None = None,
    ) -> None:
        self.effects.append(
            {
                "idempotency_key": key,
                "operation": operation,
                "cpf": document,
                "installments": installments,
                "down_payment": down_payment,
            }
        )


def _offer(request: OfferRequest) -> Offer:
    gross = request.asset_value - request.down_payment + request.extras + FEE
    due_dates = monthly_due_dates(add_months(request.release_date, 1), request.installments)
    rate = str(Decimal(RATE) + RETURN_STEP * request.dealer_return)
    return Offer(
        installments=tuple(row.value for row in price_schedule(gross, MonthlyRate.from_percent(rate), due_dates)),
        monthly_rate=rate,
        expenses=(Expense("register_rate", FEE, "1"),),
        credit_condition_code="FAKE",
        credit_condition_return=str(request.dealer_return),
    )
