"""Who is asked, and how far they may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.approvals.authorities.model import (
    Authority,
    Limit,
    Limits,
    Score,
    Stakes,
    find_exceeded,
    find_ranks_shown,
    next_rank,
)
from lastro.approvals.evaluation.flow import Flow
from lastro.approvals.evaluation.outcome import evaluate_sale
from lastro.approvals.evaluation.sale import Facts
from lastro.approvals.reservations.model import Finding, Order, Step, decide, make_reservation
from lastro.approvals.reservations.states import TRANSITIONS, Event, IllegalTransition, State, next_state
from lastro.approvals.rules.checks import Checks, TotalCheck
from lastro.approvals.rules.model import ApprovalRule, Cycle
from tests.domain.approvals.flows import cycles, flows

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
STAKES = Stakes(100_000, 2, 500, Decimal(96), Score("3f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", 600))


@pytest.mark.parametrize(
    ("limit", "reaches", "exceeded"),
    [
        (Limit.VALUE, Limits(100_000), Limits(99_999)),
        (Limit.LOTS, Limits(maximum_lots=2), Limits(maximum_lots=1)),
        (Limit.OWED, Limits(maximum_owed_cents=500), Limits(maximum_owed_cents=499)),
        (Limit.SCORE, Limits(minimum_score=600), Limits(minimum_score=601)),
        (Limit.PERCENT, Limits(), Limits(minimum_percent=Decimal("96.0001"))),
    ],
)
def test_every_bound_is_inside(limit: Limit, reaches: Limits, exceeded: Limits) -> None:
    least = Decimal(96) if limit is not Limit.PERCENT else STAKES.met_percent
    assert find_exceeded(replace(reaches, minimum_percent=least), STAKES) == ()
    percent = exceeded.minimum_percent if limit is Limit.PERCENT else least
    assert find_exceeded(replace(exceeded, minimum_percent=percent), STAKES) == (limit,)


def test_without_a_report_only_who_may_do_without_approves_and_no_score_is_no_zero_that_passes() -> None:
    unasked = replace(STAKES, met_percent=Decimal(100), score=None)
    assert find_exceeded(Limits(), unasked) == (Limit.REPORT,)
    assert find_exceeded(Limits(without_bureau_report=True, minimum_score=900), unasked) == ()
    unscored = replace(unasked, score=Score("3f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", None))
    assert find_exceeded(Limits(minimum_score=1), unscored) == (Limit.SCORE,)
    assert find_exceeded(Limits(), unscored) == ()


authorities = st.lists(
    st.builds(
        Authority,
        st.sampled_from(["ana", "bia", "caio", "dora", "Eva"]),
        st.integers(1, 4),
        st.builds(
            Limits,
            st.none() | st.integers(0, 200_000),
            minimum_percent=st.integers(0, 100).map(Decimal),
            without_bureau_report=st.booleans(),
        ),
        st.just(NOW),
        st.booleans(),
    ),
    max_size=5,
    unique_by=lambda one: one.name,
)
stakes = st.builds(
    Stakes,
    st.integers(1, 200_000),
    st.just(1),
    st.none(),
    st.integers(0, 100).map(Decimal),
    st.none() | st.just(Score("3f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", 1)),
)


@given(authorities, stakes, st.integers(0, 5))
def test_the_lowest_rank_that_may_is_asked_else_the_highest_and_never_the_requester(
    named: list[Authority], asked: Stakes, least: int
) -> None:
    rank = next_rank(named, asked, ["EVA"], least)
    others = [one for one in named if one.enabled and one.name != "Eva" and one.rank >= least]
    able = {one.rank for one in others if not find_exceeded(one.limits, asked)}
    if not others:
        assert rank is None
    else:
        assert rank == (min(able) if able else max(one.rank for one in others))


def order(cents: int) -> Order:
    return Order("Residencial", "101", "Tabela", 42, "Eva", 1, None, None, cents, cents, "{}", "{}")


@given(authorities, stakes, st.booleans())
def test_a_reservation_is_approved_at_once_only_where_the_rule_is_met_within_limits(
    named: list[Authority], asked: Stakes, blocked: bool
) -> None:
    made = make_reservation(1, order(asked.value_cents), Finding(asked.met_percent, blocked), asked.score, named, NOW)
    own = [one for one in named if one.enabled and one.name == "Eva"]
    within = not find_exceeded(own[0].limits, asked) if own else not named
    assert (made.state is State.BLOCKED) == blocked
    assert (made.state is State.APPROVED) == (within and asked.met_percent == 100 and not blocked)
    assert (made.state is State.AWAITING_DECISION) == (made.rank is not None)


def test_the_sum_of_the_payments_counts_where_it_is_above_the_price() -> None:
    dear = replace(order(100), paid_cents=101)
    eva = Authority("Eva", 1, Limits(100, without_bureau_report=True), NOW)
    made = make_reservation(1, dear, Finding(Decimal(100), blocked=False), None, [eva], NOW)
    assert (made.state, made.exceeded) == (State.REFUSED, (Limit.VALUE,))
    cheap = make_reservation(1, replace(dear, paid_cents=99), Finding(Decimal(100), blocked=False), None, [eva], NOW)
    assert cheap.state is State.APPROVED


@given(authorities, st.integers(1, 5))
def test_shown_are_the_own_rank_and_those_below_that_nobody_enabled_has(named: list[Authority], rank: int) -> None:
    shown = find_ranks_shown(Authority("bia", rank, Limits(), NOW), named)
    assert rank in shown
    assert shown <= set(range(1, rank + 1))
    assert {one.rank for one in named if one.enabled and one.rank < rank}.isdisjoint(shown)
    assert {each for each in range(1, rank) if not any(one.enabled and one.rank == each for one in named)} < shown


def test_what_is_not_in_the_table_does_not_happen() -> None:
    for state in (None, *State):
        for event in Event:
            if (state, event) not in TRANSITIONS:
                with pytest.raises(IllegalTransition):
                    next_state(state, event)
    assert {state for state, _ in TRANSITIONS} == {None, State.AWAITING_DECISION, State.APPROVED}


def test_who_was_asked_and_what_they_said_is_kept() -> None:
    bia = Authority("bia", 1, Limits(), NOW)
    made = make_reservation(1, order(1), Finding(Decimal(50), blocked=False), None, [bia], NOW)
    handed = decide(made, Step(NOW, "bia", Event.ESCALATE, 1, "acima de mim"), None, rank=2)
    assert (handed.state, handed.rank, handed.version) == (State.AWAITING_DECISION, 2, 2)
    assert handed.was_at_or_below(1)
    refused = decide(handed, Step(NOW, "caio", Event.REFUSE, 2, "não"), None)
    assert (refused.state, refused.rank, [step.by for step in refused.history]) == (
        State.REFUSED,
        None,
        ["bia", "caio"],
    )
    with pytest.raises(IllegalTransition):
        decide(refused, Step(NOW, "caio", Event.APPROVE, 2, "sim"), None)


@settings(max_examples=200)
@given(cycles(), flows(), st.integers(1, 200))
def test_all_that_a_rule_asks_is_met_exactly_where_it_approves(rule: list[Cycle], flow: Flow, price: int) -> None:
    checks = Checks(total_value=TotalCheck(Decimal(50), Decimal(150)))
    made = ApprovalRule(1, "Fluxo", "Residencial", "Tabela", tuple(rule), NOW, NOW, checks=checks)
    outcome = evaluate_sale(made, flow, Facts(table_price_cents=price))
    assert 0 <= outcome.met_percent() <= 100
    assert (outcome.met_percent() == 100) == outcome.approved
