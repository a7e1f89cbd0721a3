"""The checks of a rule against a sale: what each finds, and which facts of the sale it wants. Pure and exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from lastro.approvals.errors import FACT_MISSING
from lastro.approvals.evaluation.flow import Flow, Payment, PaymentKind
from lastro.approvals.rules.checks import Checks, Divisor, Measure, PhaseCheck, RiskCheck
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError
from lastro.kernel.money import EXACT

Fact = TypeVar("Fact", int, date)

RISKS = frozenset({"pre_work_risk", "post_work_risk"})
"""Checks that block a sale: who approves beyond the rule does not approve these."""


@dataclass(frozen=True)
class Facts:
    """What is known of a sale beside its flow; ``None`` where it is not. Amounts are cents, incomes a month's."""

    table_price_cents: int | None = None
    keys_on: date | None = None
    occupancy_permit_on: date | None = None
    customer_income_cents: int | None = None
    associates_income_cents: int | None = None
    pre_registration_installment_cents: int | None = None


@dataclass(frozen=True)
class CheckOutcome:
    """``numerator / denominator`` of ``divided_by_cents`` is what was found; ``payments`` are positions, from 0."""

    name: str
    numerator: Decimal
    """Cents, times ``denominator``: an average is not rounded."""
    denominator: int
    divided_by_cents: int
    minimum_percent: Decimal | None
    maximum_percent: Decimal | None
    payments: tuple[int, ...]

    @property
    def approved(self) -> bool:
        found = EXACT.multiply(self.numerator, Decimal(100))
        whole = Decimal(self.denominator * self.divided_by_cents)
        below = self.minimum_percent is not None and found < EXACT.multiply(self.minimum_percent, whole)
        above = self.maximum_percent is not None and found > EXACT.multiply(self.maximum_percent, whole)
        return not below and not above

    def found_percent(self) -> Decimal:
        """Rounded half to even to four places; the bounds are held against the exact figure."""
        whole = Decimal(self.denominator * self.divided_by_cents)
        return EXACT.quantize(EXACT.divide(EXACT.multiply(self.numerator, Decimal(100)), whole), Decimal("0.0001"))


def find_missing_facts(checks: Checks, facts: Facts, at: str = "flow") -> list[FieldError]:
    """The facts that the checks want and the sale does not tell, each under its name in the flow."""
    missing = [name for name in _wanted(checks) if getattr(facts, name) is None]
    return [FACT_MISSING.at(f"{at}.{name}") for name in dict.fromkeys(missing)]


def _wanted(checks: Checks) -> Iterator[str]:
    if checks.total_value:
        yield "table_price_cents"
    if checks.pre_keys or checks.post_keys or checks.pre_work_risk:
        yield "keys_on"
    if checks.post_work_risk:
        yield "occupancy_permit_on"
    for phase in (checks.pre_keys, checks.post_keys):
        if phase and phase.divisor is not Divisor.TOTAL:
            yield "customer_income_cents"
        if phase and phase.divisor is Divisor.FAMILY_INCOME:
            yield "associates_income_cents"
        if phase and phase.pre_registration_percent is not None:
            yield "pre_registration_installment_cents"


def check_sale(checks: Checks, flow: Flow, facts: Facts) -> list[CheckOutcome]:
    """The outcome of each check that the rule makes.

    Raises ``ValueError`` when a fact is missing that a check wants (:func:`find_missing_facts` tells before).
    """
    outcomes = []
    if total := checks.total_value:
        price = _known(facts.table_price_cents)
        found = Decimal(flow.total_cents)
        outcomes.append(CheckOutcome("total_value", found, 1, price, total.minimum_percent, total.maximum_percent, ()))
    if checks.pre_keys:
        before_keys = _due(flow, checks.pre_keys.excluded_kinds, until=_known(facts.keys_on))
        outcomes.append(_check_phase("pre_keys", checks.pre_keys, flow, facts, before_keys))
    if checks.post_keys:
        after_keys = _due(flow, checks.post_keys.excluded_kinds, after=_known(facts.keys_on))
        outcomes.append(_check_phase("post_keys", checks.post_keys, flow, facts, after_keys))
    if risk := checks.pre_work_risk:
        at_risk = _due(flow, risk.excluded_kinds, until=_known(facts.keys_on))
        outcomes.append(_check_risk("pre_work_risk", risk, flow, at_risk))
    if risk := checks.post_work_risk:
        at_risk = _due(flow, risk.excluded_kinds, after=_known(facts.occupancy_permit_on))
        outcomes.append(_check_risk("post_work_risk", risk, flow, at_risk))
    return outcomes


def _check_risk(name: str, check: RiskCheck, flow: Flow, counted: Sequence[int]) -> CheckOutcome:
    return CheckOutcome(name, _sum(flow, counted), 1, flow.total_cents, None, check.maximum_percent, tuple(counted))


def _check_phase(name: str, check: PhaseCheck, flow: Flow, facts: Facts, counted: Sequence[int]) -> CheckOutcome:
    denominator = 1
    if check.measure is Measure.AVERAGE:
        denominator = max(1, len(counted))
    elif check.measure is Measure.FIRST_INSTALLMENT:
        counted = sorted(counted, key=lambda at: _first(flow.payments[at], at))[:1]
    numerator = _sum(flow, counted)
    if check.pre_registration_percent is not None:
        installment = Decimal(_known(facts.pre_registration_installment_cents) * denominator)
        numerator = EXACT.add(numerator, EXACT.multiply(check.pre_registration_percent, installment).scaleb(-2))
    divided_by = flow.total_cents
    if check.divisor is not Divisor.TOTAL:
        divided_by = _known(facts.customer_income_cents)
    if check.divisor is Divisor.FAMILY_INCOME:
        divided_by += _known(facts.associates_income_cents)
    return CheckOutcome(
        name, numerator, denominator, divided_by, check.minimum_percent, check.maximum_percent, tuple(counted)
    )


def _first(payment: Payment, position: int) -> tuple[date, int, int]:
    """Of those due on the same day the largest is the first."""
    return payment.due_date, -payment.amount_cents, position


def _due(flow: Flow, excluded: Sequence[PaymentKind], *, after: date = date.min, until: date = date.max) -> list[int]:
    return [
        position
        for position, payment in enumerate(flow.payments)
        if after < payment.due_date <= until and payment.kind not in excluded
    ]


def _sum(flow: Flow, positions: Sequence[int]) -> Decimal:
    return Decimal(sum(flow.payments[position].amount_cents for position in positions))


def _known(fact: Fact | None) -> Fact:
    if fact is None:
        raise ValueError("a check wants a fact of the sale that is not told")
    return fact
