"""The smallest change of a flow that approves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from hypothesis import assume, given, settings

from lastro.approvals.evaluation.change import Move, find_smallest_change
from lastro.approvals.evaluation.cycles import divide_months, evaluate, place_payments
from lastro.approvals.evaluation.flow import Flow, Payment
from lastro.approvals.rules.model import Cycle
from lastro.kernel.calendar import add_months
from tests.domain.approvals.flows import SIGNED, cycles, flows


def moved(flow: Flow, moves: Sequence[Move]) -> Flow:
    """The flow as it is after the moves."""
    amounts = [payment.amount_cents for payment in flow.payments]
    added = []
    for move in moves:
        amounts[move.from_payment] -= move.amount_cents
        added.append(Payment(add_months(flow.signed_on, move.to.first_month), move.amount_cents))
    kept = [Payment(one.due_date, cents) for one, cents in zip(flow.payments, amounts, strict=True) if cents]
    assert min(amounts) >= 0
    return Flow(flow.signed_on, flow.total_cents, (*kept, *added))


def smallest_change(rule: Sequence[Cycle], flow: Flow) -> list[Move] | None:
    return find_smallest_change(rule, flow, evaluate(rule, flow))


def approves(rule: Sequence[Cycle], flow: Flow) -> bool:
    return all(outcome.approved for outcome in evaluate(rule, flow))


@given(cycles(), flows())
def test_the_change_approves(rule: list[Cycle], flow: Flow) -> None:
    moves = smallest_change(rule, flow)
    assume(moves is not None)
    assert moves is not None
    assert approves(rule, moved(flow, moves))
    assert bool(moves) != approves(rule, flow)


@given(cycles(), flows())
def test_one_cent_less_of_any_move_does_not(rule: list[Cycle], flow: Flow) -> None:
    moves = smallest_change(rule, flow) or []
    for at, move in enumerate(moves):
        less = Move(move.from_payment, move.to, move.amount_cents - 1)
        assert not approves(rule, moved(flow, [*moves[:at], less, *moves[at + 1 :]]))


def divisions(total: int, places: int) -> Iterator[tuple[int, ...]]:
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in divisions(total - first, places - 1):
            yield (first, *rest)


@settings(max_examples=60)
@given(cycles(most=2), flows(most=3, cents=4))
def test_no_other_division_of_the_flow_takes_fewer_cents(rule: list[Cycle], flow: Flow) -> None:
    """Every way to divide the cents over the stretches of months is tried."""
    stretches = divide_months(rule)
    before = [sum(flow.payments[at].amount_cents for at in placed) for placed in place_payments(flow, stretches)]
    costs = []
    for after in divisions(sum(before), len(before)):
        payments = tuple(
            Payment(add_months(SIGNED, stretch.first_month), cents)
            for stretch, cents in zip(stretches, after, strict=True)
            if cents
        )
        if approves(rule, Flow(SIGNED, flow.total_cents, payments)):
            gained = [
                (new - old, stretch) for old, new, stretch in zip(before, after, stretches, strict=True) if new > old
            ]
            costs.append((sum(more for more, _ in gained), sum(more for more, to in gained if to.cycle is None)))
    moves = smallest_change(rule, flow)
    if moves is None:
        assert not costs
        return
    outside = sum(move.amount_cents for move in moves if move.to.cycle is None)
    assert (sum(move.amount_cents for move in moves), outside) == min(costs)


def test_what_is_missing_comes_from_the_largest_payment_that_is_not_needed_where_it_is() -> None:
    rule = [Cycle(0, 5, Decimal(20)), Cycle(6, 11, Decimal(30)), Cycle(12, 23, Decimal(20))]
    months = {0: 150, 6: 300, 12: 200, 30: 100, 36: 250}
    flow = Flow(SIGNED, 1000, tuple(Payment(add_months(SIGNED, month), cents) for month, cents in months.items()))
    moves = smallest_change(rule, flow)
    assert moves is not None
    assert [(move.from_payment, move.to.cycle, move.amount_cents) for move in moves] == [(4, 0, 50)]


def test_an_excess_that_no_cycle_takes_leaves_every_cycle() -> None:
    flow = Flow(date(2026, 1, 31), 100, (Payment(date(2026, 1, 31), 80),))
    moves = smallest_change([Cycle(0, 0, Decimal(0), Decimal(50))], flow)
    assert moves is not None
    assert [(move.to.cycle, move.to.first_month, move.amount_cents) for move in moves] == [(None, 1, 30)]


def test_a_flow_that_is_too_small_has_no_change() -> None:
    flow = Flow(SIGNED, 100, (Payment(SIGNED, 40),))
    assert smallest_change([Cycle(0, 1, Decimal(20)), Cycle(2, 3, Decimal(30))], flow) is None
