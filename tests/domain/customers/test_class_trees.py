"""Conditions as JSON: what is spelt is read as the same, and every fault is told by its place."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.customers.classes.conditions import FIELDS, AllOf, Between, FieldKind, OneOf, find_value, holds
from lastro.customers.classes.trees import MOST_DEPTH, MOST_NODES, read_tree, spell_tree
from lastro.customers.people.domains import DOMAINS


def fields_of(kind: FieldKind) -> st.SearchStrategy[str]:
    return st.sampled_from([name for name, field in FIELDS.items() if field.kind is kind])


def _among(name: str) -> st.SearchStrategy[dict[str, Any]]:
    ids = [choice.id for choice in DOMAINS[FIELDS[name].types].values()]
    return st.lists(st.sampled_from(ids), min_size=1, max_size=3).map(lambda among: {"field": name, "among": among})


leaves = st.one_of(
    st.sampled_from(list(FIELDS)).map(lambda name: {"known": name}),
    st.builds(
        lambda name, least, more: {"field": name, "at_least": least, "at_most": least + more},
        fields_of(FieldKind.NUMBER),
        st.integers(0, 10**9),
        st.integers(0, 10**9),
    ),
    st.builds(
        lambda name, day: {"field": name, "at_most": day.isoformat()},
        fields_of(FieldKind.DAY),
        st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)),
    ),
    fields_of(FieldKind.CHOICE).flatmap(_among),
    st.builds(lambda name, flag: {"field": name, "is": flag}, fields_of(FieldKind.FLAG), st.booleans()),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all_of": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any_of": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(trees)
def test_what_is_spelt_is_read_as_the_same(tree: dict[str, Any]) -> None:
    condition, faults = read_tree(tree, "condition")
    assert faults == []
    spelt = spell_tree(condition)
    assert read_tree(json.loads(json.dumps(spelt)), "condition") == (condition, [])


@pytest.mark.parametrize(
    ("sent", "place", "rule"),
    [
        ({}, "c", "condition"),
        ([], "c", "condition"),
        ({"all_of": [], "any_of": []}, "c", "condition"),
        ({"all_of": []}, "c.all_of", "required"),
        ({"any_of": {"known": "born_at"}}, "c.any_of", "required"),
        ({"all_of": [{"known": "born_at"}, {"not": {"known": "idade"}}]}, "c.all_of.1.not.known", "unknown_field"),
        ({"known": ["born_at"]}, "c.known", "unknown_field"),
        ({"field": "income_cents"}, "c", "required"),
        ({"field": "income_cents", "at_least": "1.234,56"}, "c.at_least", "int_type"),
        ({"field": "income_cents", "at_least": 1.5}, "c.at_least", "int_type"),
        ({"field": "income_cents", "at_least": True}, "c.at_least", "int_type"),
        ({"field": "income_cents", "at_least": -1}, "c.at_least", "greater_than_equal"),
        ({"field": "income_cents", "at_least": None}, "c.at_least", "int_type"),
        ({"field": "income_cents", "at_least": 2, "at_most": 1}, "c.at_most", "below_minimum"),
        ({"field": "income_cents", "is": True}, "c.is", "wrong_comparison"),
        ({"field": "born_at", "at_most": "31/02/1990"}, "c.at_most", "date"),
        ({"field": "born_at", "at_most": 1990}, "c.at_most", "date"),
        ({"field": "state_id", "among": 35}, "c.among", "length"),
        ({"field": "state_id", "among": "35"}, "c.among", "length"),
        ({"field": "state_id", "among": [35, 99, "35"]}, "c.among.1", "unknown_choice"),
        ({"field": "has_cnh", "is": "true"}, "c.is", "bool_type"),
        ({"field": "has_cnh", "is": True, "known": "has_cnh"}, "c.known", "wrong_comparison"),
    ],
)
def test_a_fault_is_told_by_its_place(sent: Any, place: str, rule: str) -> None:
    faults = {each.field: each.rule for each in read_tree(sent, "c")[1]}
    assert faults[place] == rule


def test_every_fault_is_told_at_once() -> None:
    sent = {"all_of": [{"known": "idade"}, {"field": "has_cnh", "is": 1}, {"not": {}}]}
    places = [each.field for each in read_tree(sent, "c")[1]]
    assert places == ["c.all_of.0.known", "c.all_of.1.is", "c.all_of.2.not"]


def test_depth_and_size_are_bounded() -> None:
    deep: dict[str, Any] = {"known": "born_at"}
    for _ in range(MOST_DEPTH - 1):
        deep = {"not": deep}
    assert read_tree(deep, "c")[1] == []
    assert [each.rule for each in read_tree({"not": deep}, "c")[1]] == ["too_deep"]
    wide = [{"known": "born_at"}] * (MOST_NODES - 1)
    assert read_tree({"all_of": wide}, "c")[1] == []
    assert [each.rule for each in read_tree({"all_of": [*wide, wide[0]] * 50}, "c")[1]] == ["too_many"]


def test_a_flag_of_associates_is_set_where_one_has_it() -> None:
    exposed = OneOf("associate_public_person", frozenset({True}))
    assert holds(exposed, {"associates": [{"name": "Davi"}, {"public_person": False}, {"public_person": True}]})
    assert not holds(exposed, {"associates": [{"public_person": False}]})
    assert find_value("associate_public_person", {"associates": [{"name": "Davi"}]}) is None
    assert holds(AllOf((Between("pep_since", most="2020-01-01"),)), {"pep": {"since": "2019-01-01"}})
