"""Who is the same person, however the name is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.texts.names import person_key, same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("42", "042"),
        ("0", "000"),
        ("ana.souza", " ANA.SOUZA "),
        ("Ana  Souza", "ana\N{NO-BREAK SPACE}souza"),
        ("jos\N{LATIN SMALL LETTER E WITH ACUTE}", "jose\N{COMBINING ACUTE ACCENT}"),
        ("\N{FULLWIDTH DIGIT FOUR}\N{FULLWIDTH DIGIT TWO}", "0042"),
        ("Weiß", "WEISS"),
    ],
)
def test_a_name_written_in_another_way_is_the_same_person(one: str, other: str) -> None:
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("42", "420"), ("user042", "user42"), ("4.2", "42"), ("0", ""), ("a b", "ab")]
)
def test_another_name_is_another_person(one: str, other: str) -> None:
    assert not same_person(one, other)


@given(st.text(max_size=12))
def test_the_form_of_a_form_is_itself(name: str) -> None:
    assert person_key(person_key(name)) == person_key(name)
