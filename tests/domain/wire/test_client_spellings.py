"""Words, banks, media types and ``data:`` addresses as clients write them: one canonical form, which is its own."""

from __future__ import annotations

import base64
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from lastro.kernel.errors import InvalidInput
from lastro.origination.documents.content import decode_file, read_media_type
from lastro.origination.proposals import enumerations
from lastro.origination.proposals.accounts import read_bank
from lastro.origination.proposals.enumerations import read_account_type, read_word

LISTS = [
    "Gender",
    "Nationality",
    "Education",
    "RelationshipStatus",
    "Occupation",
    "EmployedSince",
    "HomeType",
    "HomeSince",
    "IdentityType",
    "IdentityIssuer",
    "AccountType",
    "ProductTypeName",
    "DocumentType",
]
WORDS = sorted({word for name in LISTS for word in get_args(getattr(enumerations, name))})
separators = st.sampled_from([" ", "/", "-", "_", ".", " / ", "  "])


@pytest.mark.parametrize("word", WORDS)
def test_a_listed_word_is_its_own_form(word: str) -> None:
    assert read_word(word) == word


@given(
    st.sampled_from(WORDS), separators, st.sampled_from([str.lower, str.title, str.upper]), st.sampled_from(["", " "])
)
def test_separators_and_case_do_not_matter(word: str, separator: str, spell: Any, around: str) -> None:
    assert read_word(around + spell(word.replace("_", separator)) + around) == word


@given(st.text(max_size=90) | st.integers() | st.none() | st.booleans())
def test_reading_a_word_twice_changes_nothing(value: Any) -> None:
    once = read_word(value)
    assert read_word(once) == once
    assert read_account_type(read_account_type(value)) == read_account_type(value)


@given(st.integers(1, 999), st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=40))
def test_a_bank_is_its_code_with_or_without_its_name(number: int, name: str) -> None:
    code = f"{number:03d}"
    assert read_bank(code) == read_bank(number) == read_bank({"code": code, "desc": name}) == code
    assert read_bank(f"{code} BANCO {name}") == read_bank(f"B{code} - Banco {name}") == code


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        *((text, "bank_code") for text in ("033 104", "0333", "33", "033BANCO", "BANCO 033", {"code": ""})),
        ({}, "string_type"),
        ([], "string_type"),
        *((other, "string_type") for other in (None, True, 1.0)),
    ],
)
def test_what_is_no_one_code_is_refused(value: Any, rule: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read_bank(value)
    assert refused.value.type == rule


@given(
    st.sampled_from(["image/jpeg", "image/png", "application/pdf", "application/octet-stream"]), st.text(max_size=20)
)
def test_a_media_type_is_its_own_form_whatever_its_parameters(kind: str, parameters: str) -> None:
    assert read_media_type(kind) == read_media_type(f" {kind.upper()} ; {parameters}") == kind


tokens = st.text("abcdefghijklmnopqrstuvwxyz0123456789-._", min_size=1, max_size=12)
values = tokens | st.text(st.characters(codec="ascii", exclude_characters='"\\'), max_size=20).map('"{}"'.format)


@given(
    st.binary(min_size=1, max_size=200),
    st.sampled_from(["", "image/png", "Image/JPG", "text/plain"]),
    st.lists(st.tuples(tokens, values), max_size=3),
)
def test_a_data_address_holds_its_bytes_whatever_it_says_of_them(
    content: bytes, kind: str, parameters: list[tuple[str, str]]
) -> None:
    head = kind + "".join(f";{name}={value}" for name, value in parameters)
    encoded = base64.b64encode(content).decode()
    assert decode_file(encoded) == decode_file(f"data:{head};base64,{encoded}") == content
    escaped = "".join(f"%{byte:02X}" for byte in content)
    assert decode_file(f"DATA:{head},{escaped}") == content


@given(st.text(max_size=60))
def test_any_text_is_a_file_or_refused_by_name(text: str) -> None:
    for sent in (text, f"data:{text}", f"data:image/png;{text}", f"data:image/png;base64,{text}"):
        named: set[str] = set()
        try:
            assert decode_file(sent)
        except InvalidInput as error:
            named = {each.field for each in error.errors}
        assert named <= {"base64"}


def test_a_long_head_takes_no_long_time() -> None:
    for filler in (" ", ";a=", ";", "a", '"'):
        with pytest.raises(InvalidInput):
            decode_file("data:image/png;a=" + filler * 100_000)
