"""Which fields an object and a change hold when some are absent, ``null`` or empty."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AliasChoices, Field, ValidationError

from lastro.wire.objects import Patch, WireObject, or_empty
from lastro.wire.rule import NeverEmpty
from lastro.wire.text import Text

BLANKS = st.none() | st.text(" \t\r\n\u00a0", max_size=3)


class Thing(WireObject):
    name: Text
    note: Text | None = None
    kind: Text = "plain"
    size: Annotated[int, Field(validation_alias=AliasChoices("size", "tamanho"))] = 1


class ThingChange(Patch):
    name: Annotated[Text | None, NeverEmpty] = None
    note: Text | None = None
    size: Annotated[int | None, Field(validation_alias=AliasChoices("size", "tamanho"))] = None


@given(note=BLANKS, kind=BLANKS, size=BLANKS)
def test_an_empty_field_takes_its_default(note: Any, kind: Any, size: Any) -> None:
    sent = {"name": "a", "note": note, "kind": kind, "tamanho": size}
    assert Thing.model_validate(sent) == Thing.model_validate({"name": "a"})


@given(empty=BLANKS, left_out=st.booleans())
def test_what_is_needed_is_refused_when_it_is_empty(empty: Any, left_out: bool) -> None:
    with pytest.raises(ValidationError) as refused:
        Thing.model_validate({} if left_out else {"name": empty})
    assert [error["loc"] for error in refused.value.errors()] == [("name",)]


@given(note=BLANKS, size=BLANKS)
def test_a_change_takes_away_what_comes_empty_and_keeps_what_does_not_come(note: Any, size: Any) -> None:
    found = ThingChange.model_validate({"note": note, "tamanho": size})
    assert (found.note, found.size, found.model_fields_set) == (None, None, {"note", "size"})
    assert ThingChange.model_validate({}).model_fields_set == set()


@given(BLANKS)
def test_a_change_never_empties_what_is_needed(empty: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        ThingChange.model_validate({"name": empty})
    assert [error["type"] for error in refused.value.errors()] == ["required"]


@given(BLANKS)
@pytest.mark.parametrize("kind", [Thing, ThingChange])
def test_an_empty_name_beside_another_does_not_count(kind: type[WireObject], empty: Any) -> None:
    for sent in ({"size": empty, "tamanho": 2}, {"size": 2, "tamanho": empty}):
        assert kind.model_validate({"name": "a", **sent}).model_dump()["size"] == 2
    with pytest.raises(ValidationError, match="duplicate_field"):
        kind.model_validate({"name": "a", "size": 1, "tamanho": 2})


def test_the_schema_says_what_may_be_empty() -> None:
    null, empty = {"type": "null"}, {"const": "", "type": "string"}
    properties = Thing.model_json_schema()["properties"]
    assert "anyOf" not in properties["name"]
    assert all(each in properties[name]["anyOf"] for name in ("note", "kind", "size") for each in (null, empty))
    assert properties["kind"]["default"] == "plain"
    changes = ThingChange.model_json_schema()["properties"]
    assert null not in changes["name"].get("anyOf", [])
    assert changes["note"]["anyOf"].count(null) == changes["note"]["anyOf"].count(empty) == 1
    assert or_empty({"$ref": "#/x", "default": {"a": 1}}) == {"anyOf": [{"$ref": "#/x"}, null, empty]}
    assert or_empty({"description": "anything"}) == {"description": "anything"}
