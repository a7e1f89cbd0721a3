"""Plus returns: the level that is asked for lies within its bounds, costs what it costs, and 0 is no return at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.errors import Permanent
from lastro.simulations.conditions.offers import verdict_of
from lastro.simulations.model import PreApprovalStatus, Verdict
from lastro.simulations.ports import BankAnswer, Offer
from lastro.simulations.records import PreApproval
from lastro.simulations.returns.model import (
    OutsideRule,
    ReturnRule,
    Span,
    bind_again,
    bind_return,
    find_rule,
    keep_rules_below,
    level_of,
)
from tests.domain.simulations.simulation_samples import SIMULATION
from tests.domain.simulations.test_condition_pricing import CONDITION, offered

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
APPROVED = PreApproval("341", PreApprovalStatus.APPROVED)
levels = st.integers(0, 6)
preferences = st.sampled_from(["max", "min"])
bounds = st.tuples(levels, levels).map(sorted)
asked = st.fixed_dictionaries({}, optional={"return_preference": preferences}).flatmap(
    lambda said: bounds.flatmap(
        lambda ends: st.sampled_from(
            [{**said, "min_return": ends[0], "max_return": ends[1]}, {**said, "max_return": ends[1]}, said]
        )
    )
)
spans = st.tuples(st.none() | st.integers(1, 9), st.none() | st.integers(1, 9)).map(lambda ends: Span(*ends))


def a_rule(least: int = 0, most: int = 6, preference: str = "max", **more: Any) -> ReturnRule:
    plain = ReturnRule(7, "341", Span(), Span(), least, most, preference, NOW, NOW)
    return replace(plain, **more)


rules = st.builds(lambda ends, preference: a_rule(ends[0], ends[1], preference), bounds, preferences)


@given(asked, st.none() | rules)
def test_the_level_never_leaves_what_was_asked_or_the_rule(said: dict[str, Any], rule: ReturnRule | None) -> None:
    try:
        bound = {**said, **bind_return(said, rule)}
    except OutsideRule:
        assert rule is not None
        assert said.get("max_return", 6) < rule.min_return or said.get("min_return", 0) > rule.max_return
        return
    level = level_of(bound)

    assert level <= said.get("max_return", 6)
    assert rule is not None or level >= said.get("min_return", 0)
    if rule is not None:
        assert rule.min_return <= level <= rule.max_return
        wanted = said.get("return_preference", rule.return_preference)
        assert level == bound["max_return" if wanted == "max" else "min_return"]


def test_who_says_nothing_and_has_no_rule_asks_for_none() -> None:
    assert level_of({}) == level_of({"max_return": 5}) == level_of({"return_preference": "max"}) == 0
    assert bind_return({"min_return": 2}, None) == {}


@given(spans, spans)
def test_rules_overlap_where_a_condition_could_be_of_both(one: Span, other: Span) -> None:
    first, second = a_rule(id=1, installments=one), a_rule(id=2, installments=other)
    both = [term for term in range(-1, 12) if one.holds(term) and other.holds(term)]
    meant = all(s.least is None or s.most is None or s.least <= s.most for s in (one, other))

    if meant:
        assert first.overlaps(second) is second.overlaps(first) is bool(both)
    assert not first.overlaps(replace(second, active=False))
    assert not first.overlaps(replace(second, bank=None))
    assert not first.overlaps(first)


def test_a_rule_of_the_bank_counts_before_one_of_every_bank() -> None:
    whole, own = a_rule(id=1, bank=None), a_rule(id=2, installments=Span(None, 48))
    assert find_rule([whole, own], "341", 48, 1) is own
    assert find_rule([whole, own], "341", 60, 1) is whole
    assert find_rule([whole, own], "422", 48, 1) is whole
    assert find_rule([replace(whole, active=False)], "422", 48, 1) is None
    assert find_rule([replace(own, financed=Span(10, 20))], "341", 48, 21) is None


def at_level(level: int) -> Offer:
    """The bank's offer: each level adds to its rate."""
    rate = Decimal("1.50") + level * Decimal("0.07")
    return replace(offered(SIMULATION, str(rate)), credit_condition_return=str(level))


def verdict(level: int, told: int | None = None) -> Verdict:
    condition = replace(CONDITION, options={"min_return": level})
    bare = BankAnswer(offer=at_level(0)) if level else None
    return verdict_of(
        SIMULATION, condition, BankAnswer(offer=at_level(level if told is None else told)), bare, APPROVED
    )


def test_return_0_costs_nothing_and_each_level_more_by_what_is_shown() -> None:
    found = [verdict(level) for level in range(7)]
    costs = [each.return_cost for each in found]
    pricings = [each.pricing for each in found]
    assert all(costs)
    assert all(pricings)
    bare = pricings[0]
    assert bare is not None
    paid = [cost.amount_paid_in_financing for cost in costs if cost]
    points = [Decimal(cost.cet_annually) for cost in costs if cost]

    assert paid[0] == 0
    assert points[0] == 0
    assert paid == sorted(set(paid))
    assert points == sorted(set(points))
    for pricing, cost in zip(pricings, costs, strict=True):
        assert pricing is not None
        assert cost is not None
        assert sum(pricing.installments) == sum(bare.installments) + cost.amount_paid_in_financing
        assert Decimal(pricing.cet_annually or 0) == Decimal(bare.cet_annually or 0) + Decimal(cost.cet_annually)
        assert Decimal(pricing.cet_monthly or 0) == Decimal(bare.cet_monthly or 0) + Decimal(cost.cet_monthly)


@pytest.mark.parametrize(("asked", "told"), [(0, 3), (3, 0), (3, 4)])
def test_a_price_with_another_return_than_was_asked_for_is_not_shown(asked: int, told: int) -> None:
    with pytest.raises(Permanent):
        verdict(asked, told)


def test_what_a_bank_suggests_is_bound_by_the_rule_of_its_own_value() -> None:
    rules = [
        a_rule(0, 5, financed=Span(101, None)),
        a_rule(0, 1, id=8, bank=None, financed=Span(51, 100)),
        a_rule(2, 6, id=9, financed=Span(None, 50)),
    ]
    said = {"max_return": 1, "return_preference": "max", "quota_preference": "min"}
    kept = {**said, **bind_return(said, rules[0]), **keep_rules_below(said, rules, "341", 36, 150)}

    assert (level_of(kept), kept["plus_return_rule_id"]) == (1, 7)
    same, next_one = bind_again(kept, 101), bind_again(kept, 100)
    assert (same["plus_return_rule_id"], next_one["plus_return_rule_id"]) == (7, 8)
    assert next_one == {**said, "min_return": 0, "max_return": 1, "plus_return_rule_id": 8}
    with pytest.raises(OutsideRule):
        bind_again(kept, 50)
    assert keep_rules_below(said, [a_rule(0, 5)], "341", 36, 150) == {}
    assert keep_rules_below(said, [], "341", 36, 150) == {}
