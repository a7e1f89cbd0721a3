"""The checks beside the cycles: what is measured, what it is divided by, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.approvals.evaluation.change import apply_moves
from lastro.approvals.evaluation.flow import Flow, Payment, PaymentKind
from lastro.approvals.evaluation.outcome import SaleOutcome, evaluate_sale
from lastro.approvals.evaluation.sale import Facts, check_sale, find_missing_facts
from lastro.approvals.rules.checks import Checks, Divisor, Measure, PhaseCheck, RiskCheck, TotalCheck
from lastro.approvals.rules.model import ApprovalRule, Cycle
from lastro.kernel.calendar import add_months
from tests.domain.approvals.flows import SIGNED, cycles, flows

KEYS = date(2028, 1, 10)
FLOW = Flow(
    SIGNED,
    100_000,
    (
        Payment(SIGNED, 10_000, PaymentKind.DOWN_PAYMENT),
        Payment(date(2027, 1, 10), 3_000),
        Payment(date(2026, 2, 10), 2_000),
        Payment(KEYS, 40_000, PaymentKind.KEYS),
        Payment(date(2028, 1, 11), 5_000),
        Payment(date(2028, 2, 11), 4_000, PaymentKind.MONTHLY),
    ),
)
FACTS = Facts(
    table_price_cents=100_000,
    keys_on=KEYS,
    occupancy_permit_on=date(2027, 12, 1),
    customer_income_cents=20_000,
    associates_income_cents=5_000,
    pre_registration_installment_cents=1_000,
)
ALL = Decimal(1000)
NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)


def found(checks: Checks, flow: Flow = FLOW, facts: Facts = FACTS) -> tuple[Decimal, tuple[int, ...]]:
    (outcome,) = check_sale(checks, flow, facts)
    return outcome.found_percent(), outcome.payments


@pytest.mark.parametrize(
    ("measure", "before_keys", "after_keys"),
    [
        (Measure.FIRST_INSTALLMENT, ("10", (0,)), ("5", (4,))),
        (Measure.AVERAGE, ("13.75", (0, 1, 2, 3)), ("4.5", (4, 5))),
        (Measure.SUM, ("55", (0, 1, 2, 3)), ("9", (4, 5))),
    ],
)
def test_a_phase_is_measured_in_three_ways_and_the_day_of_the_keys_is_before_them(
    measure: Measure, before_keys: tuple[str, tuple[int, ...]], after_keys: tuple[str, tuple[int, ...]]
) -> None:
    check = PhaseCheck(measure, maximum_percent=ALL)
    assert found(Checks(pre_keys=check)) == (Decimal(before_keys[0]), before_keys[1])
    assert found(Checks(post_keys=check)) == (Decimal(after_keys[0]), after_keys[1])


@pytest.mark.parametrize(
    ("divisor", "percent"),
    [(Divisor.TOTAL, "5"), (Divisor.CUSTOMER_INCOME, "25"), (Divisor.FAMILY_INCOME, "20")],
)
def test_an_instalment_is_divided_by_the_price_or_by_an_income(divisor: Divisor, percent: str) -> None:
    check = PhaseCheck(Measure.FIRST_INSTALLMENT, divisor, maximum_percent=ALL)
    assert found(Checks(post_keys=check))[0] == Decimal(percent)


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize(("part", "added"), [("100", "1"), ("50", "0.5"), ("0", "0"), (None, "0")])
def test_a_part_of_the_pre_registrations_instalment_is_added_once(
    measure: Measure, part: str | None, added: str
) -> None:
    plain = PhaseCheck(measure, maximum_percent=ALL)
    more = replace(plain, pre_registration_percent=None if part is None else Decimal(part))
    assert found(Checks(pre_keys=more))[0] == found(Checks(pre_keys=plain))[0] + Decimal(added)


def test_what_is_left_out_counts_in_no_measure() -> None:
    out = (PaymentKind.DOWN_PAYMENT, PaymentKind.KEYS)
    for measure, percent in ((Measure.SUM, "5"), (Measure.AVERAGE, "2.5"), (Measure.FIRST_INSTALLMENT, "2")):
        check = PhaseCheck(measure, maximum_percent=ALL, excluded_kinds=out)
        assert found(Checks(pre_keys=check))[0] == Decimal(percent)
    assert found(Checks(pre_work_risk=RiskCheck(ALL, out))) == (Decimal(5), (1, 2))


def test_a_risk_is_what_is_due_until_the_keys_and_after_the_occupancy_permit() -> None:
    assert found(Checks(pre_work_risk=RiskCheck(ALL))) == (Decimal(55), (0, 1, 2, 3))
    assert found(Checks(post_work_risk=RiskCheck(ALL))) == (Decimal(49), (3, 4, 5))
    on_the_day = replace(FACTS, occupancy_permit_on=KEYS)
    assert found(Checks(post_work_risk=RiskCheck(ALL)), facts=on_the_day) == (Decimal(9), (4, 5))


@pytest.mark.parametrize(("price", "approved"), [(99_999, False), (100_000, True), (105_000, True), (105_001, False)])
def test_both_bounds_of_the_total_are_inside(price: int, approved: bool) -> None:
    checks = Checks(total_value=TotalCheck(Decimal(100), Decimal(105)))
    (outcome,) = check_sale(checks, replace(FLOW, total_cents=price), FACTS)
    assert outcome.approved is approved


def test_an_empty_phase_is_zero_in_every_measure() -> None:
    before = replace(FACTS, keys_on=date(2025, 1, 1))
    for measure in Measure:
        assert found(Checks(pre_keys=PhaseCheck(measure, maximum_percent=ALL)), facts=before) == (Decimal(0), ())


def test_only_the_facts_that_are_checked_are_asked_for() -> None:
    income = PhaseCheck(Measure.SUM, Divisor.CUSTOMER_INCOME, maximum_percent=ALL)
    missing = find_missing_facts(Checks(post_keys=income), Facts())
    assert [fault.field for fault in missing] == ["flow.keys_on", "flow.customer_income_cents"]


CHECKS = Checks(
    total_value=TotalCheck(Decimal(50)),
    pre_keys=PhaseCheck(Measure.AVERAGE, maximum_percent=Decimal(40)),
    post_keys=PhaseCheck(Measure.FIRST_INSTALLMENT, Divisor.FAMILY_INCOME, maximum_percent=Decimal(30)),
    pre_work_risk=RiskCheck(Decimal(60)),
    post_work_risk=RiskCheck(Decimal(50)),
)


def evaluated(rule: list[Cycle], flow: Flow, checks: Checks, facts: Facts) -> SaleOutcome:
    return evaluate_sale(
        ApprovalRule(1, "Fluxo", "Residencial", "Tabela", tuple(rule), NOW, NOW, checks=checks), flow, facts
    )


FACTS_OF_SMALL_FLOWS = replace(
    FACTS,
    table_price_cents=60,
    keys_on=add_months(SIGNED, 6),
    occupancy_permit_on=add_months(SIGNED, 8),
    customer_income_cents=100,
)


@given(cycles(), flows(), st.randoms(use_true_random=False))
def test_an_outcome_does_not_depend_on_the_order_of_the_flow(rule: list[Cycle], flow: Flow, random: Random) -> None:
    payments = list(flow.payments)
    random.shuffle(payments)
    one = evaluated(rule, flow, CHECKS, FACTS_OF_SMALL_FLOWS)
    other = evaluated(rule, replace(flow, payments=tuple(payments)), CHECKS, FACTS_OF_SMALL_FLOWS)
    assert one.approved == other.approved
    assert [check.found_percent() for check in one.checks] == [check.found_percent() for check in other.checks]
    assert (one.smallest_change is None) == (other.smallest_change is None)
    if one.smallest_change is not None and other.smallest_change is not None:
        assert sum(move.amount_cents for move in one.smallest_change) == sum(
            move.amount_cents for move in other.smallest_change
        )


@settings(max_examples=200)
@given(cycles(), flows())
def test_a_change_that_is_told_approves_with_every_check(rule: list[Cycle], flow: Flow) -> None:
    outcome = evaluated(rule, flow, CHECKS, FACTS_OF_SMALL_FLOWS)
    assert (outcome.smallest_change == ()) == outcome.approved
    if outcome.smallest_change is not None:
        after = apply_moves(flow, outcome.smallest_change)
        assert sum(one.amount_cents for one in after.payments) == sum(one.amount_cents for one in flow.payments)
        assert evaluated(rule, after, CHECKS, FACTS_OF_SMALL_FLOWS).approved


@given(flows(), st.integers(0, 5), st.integers(1, 500))
def test_raising_an_amount_lowers_no_risk(flow: Flow, at: int, more: int) -> None:
    at %= len(flow.payments)
    raised = replace(flow.payments[at], amount_cents=flow.payments[at].amount_cents + more)
    after = replace(flow, payments=(*flow.payments[:at], raised, *flow.payments[at + 1 :]))
    risks = Checks(pre_work_risk=RiskCheck(Decimal(60)), post_work_risk=RiskCheck(Decimal(50)))
    for one, other in zip(
        check_sale(risks, flow, FACTS_OF_SMALL_FLOWS), check_sale(risks, after, FACTS_OF_SMALL_FLOWS), strict=True
    ):
        assert one.approved or not other.approved
