"""What cycles ask of a payment flow, and what is found in it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.approvals.evaluation.cycles import evaluate
from lastro.approvals.evaluation.flow import Flow, Payment, month_of
from lastro.approvals.rules.model import Cycle, find_faults
from lastro.kernel.calendar import add_months
from tests.domain.approvals.flows import cycles, flows

SIGNED = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("signed_on", "due_date", "month"),
    [
        (SIGNED, date(2026, 1, 31), 0),
        (SIGNED, date(2026, 2, 27), 0),
        (SIGNED, date(2026, 2, 28), 1),
        (SIGNED, date(2026, 3, 30), 1),
        (SIGNED, date(2026, 3, 31), 2),
        (SIGNED, date(2028, 2, 28), 24),
        (SIGNED, date(2028, 2, 29), 25),
        (date(2026, 3, 10), date(2026, 4, 9), 0),
        (date(2026, 3, 10), date(2026, 4, 10), 1),
        (date(2026, 3, 10), date(2026, 3, 9), -1),
    ],
)
def test_a_month_is_a_whole_month_from_the_signing_with_month_ends_clipped(
    signed_on: date, due_date: date, month: int
) -> None:
    assert month_of(signed_on, due_date) == month


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 600), st.integers(0, 27))
def test_a_month_begins_on_its_anniversary(signed_on: date, months: int, days: int) -> None:
    begin = add_months(signed_on, months)
    assert month_of(signed_on, begin) == months
    assert month_of(signed_on, begin - timedelta(days=1)) == months - 1
    assert month_of(signed_on, begin + timedelta(days=days)) == months


def monthly(amounts: dict[int, int], total: int) -> Flow:
    signed = date(2026, 1, 10)
    payments = tuple(Payment(add_months(signed, month), cents) for month, cents in amounts.items())
    return Flow(signed, total, payments)


THREE = (
    Cycle(0, 6, Decimal("10")),
    Cycle(7, 24, Decimal("20"), Decimal("40")),
    Cycle(25, 36, Decimal("50"), cumulative=True),
)


def test_three_cycles_that_are_met_approve() -> None:
    outcomes = evaluate(THREE, monthly({0: 60_000_00, 6: 40_000_00, 12: 200_000_00, 36: 250_000_00}, 1_000_000_00))
    assert [(one.required_cents, one.found_cents, one.payments, one.approved) for one in outcomes] == [
        (100_000_00, 100_000_00, (0, 1), True),
        (200_000_00, 200_000_00, (2,), True),
        (500_000_00, 550_000_00, (0, 1, 2, 3), True),
    ]


def test_one_cent_below_a_minimum_and_one_above_a_maximum_refuse() -> None:
    outcomes = evaluate(THREE, monthly({6: 99_999_99, 7: 400_000_01}, 1_000_000_00))
    assert [(one.missing_cents, one.excess_cents, one.approved) for one in outcomes] == [
        (1, 0, False),
        (0, 1, False),
        (0, 0, True),
    ]


def test_a_share_that_is_no_whole_cent_is_met_by_the_next_one() -> None:
    (third,) = evaluate([Cycle(0, 1, Decimal("33.333333"), Decimal("33.333334"))], monthly({0: 1}, 100))
    assert (third.required_cents, third.maximum_cents, third.approved) == (34, 33, False)


@given(cycles(), flows(), st.randoms(use_true_random=False))
def test_an_evaluation_does_not_depend_on_the_order_of_the_flow(rule: list[Cycle], flow: Flow, random: Random) -> None:
    shuffled = list(range(len(flow.payments)))
    random.shuffle(shuffled)
    other = Flow(flow.signed_on, flow.total_cents, tuple(flow.payments[at] for at in shuffled))
    for one, same in zip(evaluate(rule, flow), evaluate(rule, other), strict=True):
        assert (one.required_cents, one.maximum_cents, one.found_cents) == (
            same.required_cents,
            same.maximum_cents,
            same.found_cents,
        )
        assert sorted(shuffled[at] for at in same.payments) == sorted(one.payments)


@given(cycles(with_maximum=False), flows(), st.data())
def test_raising_an_amount_takes_no_approval_away_where_nothing_has_a_maximum(
    rule: list[Cycle], flow: Flow, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(flow.payments) - 1))
    payment = flow.payments[at]
    raised = Payment(payment.due_date, payment.amount_cents + data.draw(st.integers(1, 500)))
    after = Flow(flow.signed_on, flow.total_cents, (*flow.payments[:at], raised, *flow.payments[at + 1 :]))
    for one, other in zip(evaluate(rule, flow), evaluate(rule, after), strict=True):
        assert other.approved or not one.approved


@given(cycles(), flows(), st.data())
def test_where_raising_an_amount_takes_an_approval_away_a_maximum_says_so(
    rule: list[Cycle], flow: Flow, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(flow.payments) - 1))
    payment = flow.payments[at]
    raised = Payment(payment.due_date, payment.amount_cents + data.draw(st.integers(1, 500)))
    after = Flow(flow.signed_on, flow.total_cents, (*flow.payments[:at], raised, *flow.payments[at + 1 :]))
    for one, other in zip(evaluate(rule, flow), evaluate(rule, after), strict=True):
        assert other.missing_cents <= one.missing_cents
        if one.approved and not other.approved:
            assert other.maximum_cents is not None
            assert other.excess_cents > 0


def test_cycles_are_named_where_they_end_early_overlap_or_contradict_themselves() -> None:
    faults = find_faults(
        [
            Cycle(0, 6, Decimal(10)),
            Cycle(6, 5, Decimal(10)),
            Cycle(7, 9, Decimal(30), Decimal(20)),
        ]
    )
    assert [(fault.field, fault.rule) for fault in faults] == [
        ("cycles.1.end_month", "before_start"),
        ("cycles.1.start_month", "overlap"),
        ("cycles.2.maximum_percent", "below_minimum"),
    ]
    assert "ciclo 2" in faults[0].message
