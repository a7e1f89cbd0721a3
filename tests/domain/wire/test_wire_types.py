"""What holds for every field type: canonical forms are read as themselves, refusals name a rule and repeat nothing."""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.domain.wire.wire_types import TYPES, read

SAMPLES = [
    *("529.982.247-25", "11222333000181", "12ABC34501DE35", "(011) 98765-4321", "+55 84 90000-0000", "01001-000", "SP"),
    *("ana@example.com", "2026-11-30", "2026-12-31T01:00:00Z", "10211.92", "1.234,56", "100.000", "1e5", "0", "-1"),
    *(
        "Ana  d'Ávila",
        "João da Silva",
        "0001",
        "564789-1",
        "1234567-P",
        "M22",
        "https://a.example.com.br/b?c=d",
        "true",
    ),
    *("0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10", "11.222.333%2F0001-81", "0800 123 4567", "\x00", "‮Ana", "Jo�o", ""),
]
texts = st.sampled_from(SAMPLES) | st.text(max_size=30) | st.text(string.digits + " .,-/()+eEX%", max_size=20)
mutated = st.builds(
    lambda text, at, other: text[:at] + other + text[at + 1 :],
    st.sampled_from(SAMPLES),
    st.integers(0, 20),
    st.sampled_from(["", " ", ".", "1", "９", "é", "e", "-", "\n"]),
)
values = (
    texts
    | mutated
    | st.integers(-10, 10**15)
    | st.floats(allow_nan=True)
    | st.booleans()
    | st.none()
    | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)
NULLABLE = {"Cursor"}


@pytest.mark.parametrize("name", TYPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=values)
def test_what_is_taken_is_canonical_and_read_as_itself(name: str, value: Any) -> None:
    try:
        canonical = read(name, value)
    except ValidationError:
        return
    # R$ become cents: the canonical form of another unit.
    again = f"{canonical // 100}.{canonical % 100:02d}" if name == "Reais" else canonical
    assert read(name, again) == canonical


@pytest.mark.parametrize("name", TYPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=values)
@example(value=191)
def test_what_is_refused_names_a_rule_in_a_sentence_of_its_own(name: str, value: Any) -> None:
    try:
        read(name, value)
    except ValidationError as error:
        (problem,) = error.errors()
        assert re.fullmatch("[a-z_]+", problem["type"])
        assert re.search(r"\b(Envie|Escreva|O texto|O dígito|Uma chave)\b", problem["msg"])
        assert problem["msg"].endswith(".")
        assert not re.search(r"[\\^$]|\[0-9", problem["msg"])
        if isinstance(value, str) and len(value) > 12 and value not in SAMPLES:
            assert value not in problem["msg"]


@pytest.mark.parametrize("name", TYPES)
def test_the_schema_promises_what_is_taken(name: str) -> None:
    schema = TYPES[name].json_schema()
    for sample in schema.get("examples", []):
        read(name, sample)
    for choice in schema.get("enum", []):
        assert read(name, choice) == choice


@pytest.mark.parametrize("name", sorted(set(TYPES) - NULLABLE))
@pytest.mark.parametrize("value", [None, [], {}, [1], {"a": 1}, object()])
def test_nothing_but_a_scalar_is_taken(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        read(name, value)


@pytest.mark.parametrize(
    "name",
    [
        "Phone",
        "MobilePhone",
        "ZipCode",
        "ShortText",
        "Text",
        "PersonName",
        "State",
        "Code",
        "FebrabanCode",
        "BankCode",
        "Agency",
        "AccountNumber",
    ],
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_the_pattern_allows_is_taken(name: str, data: st.DataObject) -> None:
    assert read(name, data.draw(allowed_by(name)))


@cache
def allowed_by(name: str) -> st.SearchStrategy[str]:
    """What the type's schema allows. Made once: to read a pattern takes longer than what is drawn of it."""
    schema = TYPES[name].json_schema()
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", 99)
    made = st.from_regex(schema["pattern"].replace("$", r"\Z"), fullmatch=True)
    return made.filter(lambda found: shortest <= len(found) <= longest)


@pytest.mark.parametrize("name", ["Day", "PastDay"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_day_of_the_pattern_is_a_day(name: str, data: st.DataObject) -> None:
    text = data.draw(allowed_by(name))
    assume(name == "Day" or text < "2024")
    # 1900 is the one year of four that the pattern's leap years hold and the calendar does not.
    assume(text != "1900-02-29")
    assert read(name, text).isoformat() == text


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\u202e", "\u200b", "\ufeff", "\ue000", "\U000e0001", "\u0378"])
@pytest.mark.parametrize("name", ["ShortText", "Text", "LongText", "PersonName", "HouseNumber", "OwnId"])
def test_what_nobody_sees_is_refused(name: str, character: str) -> None:
    for text in (f"Ana{character}Exemplo", f"{character}Ana"):
        with pytest.raises(ValidationError) as caught:
            read(name, text)
        assert caught.value.errors()[0]["type"] == "control_character"
