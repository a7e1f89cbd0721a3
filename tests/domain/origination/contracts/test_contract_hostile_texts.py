"""Hostile texts on a contract: drawn exactly, or refused when they arrive."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError
from pypdf import PdfReader

from lastro.kernel.money import AnnualRate
from lastro.kernel.texts.lettering import is_printable, unprintable_in
from lastro.origination.contracts.drawing.contract import draw_contract
from lastro.origination.contracts.wording.typography import UndrawableText, drawable
from lastro.wire.text import read_line
from tests.domain.origination.contracts.contract_reading import words_of
from tests.domain.origination.contracts.contract_samples import (
    sample_contract,
)


@pytest.mark.parametrize(
    "name",
    [
        "<b>Ana</b> & Filhos <font color='red'>",
        "<img src='file:///etc/hostname'/>",
        "<para><a href='javascript:alert(1)'>Ana</a></para>",
        "&lt;i&gt; Ana",
        "{{ credora }} {% if %}",
        "Ana \\ ( ) %% endobj",
    ],
)
def test_a_name_is_text_and_nothing_else(name: str) -> None:
    assert " ".join(name.split()) in words_of(draw_contract(sample_contract(name=name)))


def test_letters_the_typeface_lacks_lose_their_marks_and_symbols_are_left_out() -> None:
    text = words_of(draw_contract(sample_contract(name="Ștefan Kovač Łukasz Đorđe Işıl 😀 \u202eGüneş\u200b")))
    assert "Stefan Kovac Lukasz Dorde Isil Günes" in text


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        *((name, "undrawable") for name in ("Владимир", "Ana 明", "Δ", "😀", "Łukasz", "Ana 😀")),
        *((name, "control_character") for name in ("Ana\u200b", "Ana\u202e", "Ana\x00", "A\xadna", "A\nB")),
    ],
)
def test_a_name_that_would_not_be_printed_exactly_is_refused_when_it_arrives(name: str, rule: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read_line(name, 150)
    assert refused.value.type == rule


@given(st.text(max_size=150) | st.text(alphabet=st.characters(codec="cp1252"), max_size=150))
def test_what_was_taken_is_drawn_exactly(text: str) -> None:
    try:
        taken = read_line(text, 150)
    except PydanticCustomError:
        assert unprintable_in(text) or not text.strip()
        return
    assert drawable(taken) == taken


def test_what_is_printable_is_what_the_typeface_has() -> None:
    had = bytes(range(0x100)).decode("cp1252", "ignore")
    shown = {character for character in had if category(character) not in ("Cc", "Cf")}
    assert {character for character in map(chr, range(0x110000)) if is_printable(character)} == shown


def test_every_printable_character_reads_back_as_it_was_written() -> None:
    characters = [each for each in map(chr, range(0x21, 0x2123)) if is_printable(each) and not each.isspace()]
    name = " ".join(f"A{each}Z" for each in characters)
    # Code 127 of WinAnsiEncoding shows a bullet too (ISO 32000-1, annex D.2, note 6), which pypdf does not know.
    assert name in words_of(draw_contract(sample_contract(name=name))).replace("\x7f", "•")


def test_a_name_that_would_lose_its_letters_is_not_drawn() -> None:
    with pytest.raises(UndrawableText):
        draw_contract(sample_contract(name="Владимир"))


def test_a_figure_of_a_thousand_digits_is_told_by_what_it_exceeds() -> None:
    # No such credit is priced any more; one that was kept is still drawn.
    contract = sample_contract()
    pdf = draw_contract(replace(contract, credit=replace(contract.credit, cet_annual=AnnualRate(Decimal(10) ** 400))))
    assert "mais de 1.000.000.000.000,00% a.a." in words_of(pdf)


@pytest.mark.parametrize("length", [150, 3000])
@pytest.mark.parametrize("letter", ["W", "W "])
def test_a_long_name_flows_on(length: int, letter: str) -> None:
    pdf = draw_contract(sample_contract(name=letter * length))
    assert words_of(pdf).count("W") >= length


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=150))
def test_any_name_is_drawn_or_refused(name: str) -> None:
    try:
        pdf = draw_contract(sample_contract(name=f"A{name}"))
    except UndrawableText:
        return
    assert pdf.startswith(b"%PDF-")
    assert len(PdfReader(BytesIO(pdf)).pages) >= 3
