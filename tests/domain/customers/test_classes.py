"""A customer's class is a function of its data and of what a person set, by precedence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.customers.classes.conditions import (
    FIELDS,
    AllOf,
    AnyOf,
    Between,
    Condition,
    FieldKind,
    Known,
    Not,
    OneOf,
    find_value,
    holds,
)
from lastro.customers.classes.model import Classification, ClassifiedBy, CustomerClass, Override, classify

NUMBERS = [name for name, field in FIELDS.items() if field.kind is FieldKind.NUMBER]
CHOICES = [name for name, field in FIELDS.items() if field.kind in (FieldKind.CHOICE, FieldKind.FLAG)]

leaves = st.one_of(
    st.builds(Known, st.sampled_from(list(FIELDS))),
    st.builds(
        Between,
        st.sampled_from(NUMBERS),
        st.none() | st.integers(0, 9),
        st.none() | st.integers(0, 9),
    ),
    st.builds(OneOf, st.sampled_from(CHOICES), st.frozensets(st.integers(0, 3))),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: AllOf(tuple(parts)), st.lists(inner, max_size=3)),
        st.builds(lambda parts: AnyOf(tuple(parts)), st.lists(inner, max_size=3)),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)


@st.composite
def customers(draw: st.DrawFn) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from([*NUMBERS, *CHOICES]), unique=True, max_size=6)):
        *outer, last = FIELDS[name].path
        place = data
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = draw(st.integers(0, 3))
    return data


def test_bounds_are_inclusive_and_what_is_not_known_meets_none() -> None:
    rich = Between("income_cents", 1_000_000, 2_000_000)
    for income, expected in ((999_999, False), (1_000_000, True), (2_000_000, True), (2_000_001, False)):
        assert holds(rich, {"job_reference": {"income_cents": income}}) is expected
    assert not holds(rich, {})
    assert not holds(rich, {"job_reference": None})
    assert holds(Between("born_at", most="1999-12-31"), {"born_at": "1990-05-17"})
    assert holds(OneOf("has_cnh", frozenset({True})), {"has_cnh": True})
    assert not holds(OneOf("has_cnh", frozenset({False})), {})


@settings(max_examples=60)
@given(conditions, conditions, customers())
def test_conditions_obey_the_laws_of_logic(one: Condition, other: Condition, data: dict[str, Any]) -> None:
    assert holds(Not(one), data) is not holds(one, data)
    assert holds(Not(AllOf((one, other))), data) == holds(AnyOf((Not(one), Not(other))), data)
    assert holds(AllOf((one, other)), data) == holds(AllOf((other, one)), data)


MOMENT = datetime(2026, 11, 3, 12, tzinfo=UTC)


@settings(max_examples=60)
@given(st.lists(conditions, max_size=4), customers(), st.none() | st.integers(1, 6))
def test_the_first_that_holds_counts_unless_a_person_said_otherwise(
    found: list[Condition], data: dict[str, Any], chosen: int | None
) -> None:
    classes = [CustomerClass(number, f"Classe {number}", each) for number, each in enumerate(found, start=1)]
    override = Override(chosen, "Pedido da gerência", "gerente", MOMENT) if chosen else None
    got = classify(classes, data, override)
    first = next((each.id for each in classes if holds(each.condition, data)), None)
    if chosen is not None and chosen <= len(classes):
        assert got == Classification(chosen, ClassifiedBy.OVERRIDE)
    else:
        assert got == (Classification(first, ClassifiedBy.CONDITION) if first else None)
    # Of the data nothing counts but what conditions may name.
    assert classify(classes, {**data, "nickname": "Ana", "note": "nova"}, override) == got
    assert all(find_value(name, data) is None or name in (*NUMBERS, *CHOICES) for name in FIELDS)
