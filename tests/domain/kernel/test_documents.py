"""CPF and CNPJ: what is accepted, what is refused, and that nothing prints one whole."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lastro.kernel.documents import Cnpj, Cpf, Document, InvalidDocument, parse_document

CHECK_DIGITS = [f"{number:02d}" for number in range(100)]
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def complete(kind: type[Cpf] | type[Cnpj], body: str) -> list[Document]:
    """Every document of this kind that the body allows: one, unless the body is refused whole."""
    found: list[Document] = []
    for digits in CHECK_DIGITS:
        try:
            found.append(kind(body + digits))
        except InvalidDocument:
            continue
    return found


bodies_cpf = st.text("0123456789", min_size=9, max_size=9).filter(lambda body: len(set(body)) > 1)
bodies_cnpj = st.text(ALPHANUMERIC, min_size=12, max_size=12).filter(lambda body: len(set(body)) > 1)
cpfs = bodies_cpf.map(lambda body: complete(Cpf, body)[0])
cnpjs = bodies_cnpj.map(lambda body: complete(Cnpj, body)[0])


@pytest.mark.parametrize(
    ("text", "value", "formatted"),
    [
        ("529.982.247-25", "52998224725", "529.982.247-25"),
        ("11144477735", "11144477735", "111.444.777-35"),
        ("00000000191", "00000000191", "000.000.001-91"),
        ("  529.982.247-25 ", "52998224725", "529.982.247-25"),
        ("529982247-25", "52998224725", "529.982.247-25"),
    ],
)
def test_cpf_is_read_masked_or_bare(text: str, value: str, formatted: str) -> None:
    cpf = Cpf.parse(text)
    assert cpf.value == value
    assert cpf.formatted == formatted
    assert parse_document(text) == cpf


@pytest.mark.parametrize(
    ("text", "value", "formatted"),
    [
        ("12ABC34501DE35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("12.ABC.345/01DE-35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("12.abc.345/01de-35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("1345C3A5000106", "1345C3A5000106", "13.45C.3A5/0001-06"),
        ("90021382000122", "90021382000122", "90.021.382/0001-22"),
        ("90.021.382/0001-22", "90021382000122", "90.021.382/0001-22"),
    ],
)
def test_cnpj_is_read_masked_or_bare_in_either_case(text: str, value: str, formatted: str) -> None:
    cnpj = Cnpj.parse(text)
    assert cnpj.value == value
    assert cnpj.formatted == formatted
    assert parse_document(text) == cnpj


@pytest.mark.parametrize(
    "text",
    [
        "52998224724",
        "52998224735",
        "529.982.247-2",
        "529982247250",
        "529 982 247 25",
        "529-982-247.25",
        "A52998224725",
        "5299822472A",
        "٥٢٩٩٨٢٢٤٧٢٥",
        "５２９９８２２４７２５",
        "",
        *(str(digit) * 11 for digit in range(10)),
    ],
)
def test_wrong_cpf_is_refused(text: str) -> None:
    with pytest.raises(InvalidDocument):
        Cpf.parse(text)
    with pytest.raises(InvalidDocument):
        parse_document(text)


@pytest.mark.parametrize(
    "text",
    [
        "R55231B3000700",
        "12ABC34501DE36",
        "12ABC34501DEA5",
        "12.ABC.345/01DE",
        "12-ABC-345/01DE.35",
        "12ABC34501DE350",
        "90021382000123",
        "ÇÇABC34501DE35",
        "ıı345C3A500010",
        *(str(digit) * 14 for digit in range(10)),
    ],
)
def test_wrong_cnpj_is_refused(text: str) -> None:
    with pytest.raises(InvalidDocument):
        Cnpj.parse(text)
    with pytest.raises(InvalidDocument):
        parse_document(text)


@pytest.mark.parametrize("value", ["1345c3A5000106", "13.45C.3A5/0001-06", " 90021382000122"])
def test_a_stored_cnpj_is_bare_and_upper_case(value: str) -> None:
    with pytest.raises(InvalidDocument):
        Cnpj(value)


@pytest.mark.parametrize("value", ["529.982.247-25", "52998224725\n", "52998224724"])
def test_a_stored_cpf_is_bare_and_checked(value: str) -> None:
    with pytest.raises(InvalidDocument):
        Cpf(value)


@pytest.mark.parametrize("value", [None, 191, 52998224725, 52998224725.0, b"52998224725", ["52998224725"]])
def test_what_is_not_text_is_refused(value: Any) -> None:
    for build in (Cpf, Cnpj, Cpf.parse, Cnpj.parse, parse_document):
        with pytest.raises(InvalidDocument):
            build(value)


def test_a_letter_is_never_dropped() -> None:
    # Without its letters this one would read as another number altogether.
    assert parse_document("12.ABC.345/01DE-35").value == "12ABC34501DE35"
    with pytest.raises(InvalidDocument):
        parse_document("ABC529982247DE25")


@given(bodies_cpf)
def test_exactly_one_pair_of_check_digits_completes_a_cpf(body: str) -> None:
    assert len(complete(Cpf, body)) == 1


@given(bodies_cnpj)
def test_exactly_one_pair_of_check_digits_completes_a_cnpj(body: str) -> None:
    assert len(complete(Cnpj, body)) == 1


@given(st.one_of(cpfs, cnpjs))
def test_masked_and_bare_read_the_same(document: Document) -> None:
    assert parse_document(document.value) == document
    assert parse_document(document.formatted) == document
    assert parse_document(document.formatted.lower()) == document
    assert type(document).parse(document.formatted) == document


@given(st.one_of(cpfs, cnpjs.filter(lambda cnpj: cnpj.value.isdigit())), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_refused(document: Document, position: int, shift: int) -> None:
    value = document.value
    position %= len(value)
    # Remainders 0 and 1 share the check digit 0, so a zero there cannot tell every wrong digit before it.
    assume(value[-2] != "0" or position >= len(value) - 2)
    wrong = value[:position] + str((int(value[position]) + shift) % 10) + value[position + 1 :]
    with pytest.raises(InvalidDocument):
        type(document).parse(wrong)


@given(st.sampled_from(["90021382000122", "11222333000181"]), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_of_a_numeric_cnpj_is_refused(value: str, position: int, shift: int) -> None:
    wrong = value[:position] + str((int(value[position]) + shift) % 10) + value[position + 1 :]
    assert Cnpj(value).value == value
    with pytest.raises(InvalidDocument):
        Cnpj.parse(wrong)


def test_characters_equal_modulo_eleven_share_check_digits() -> None:
    # A limit of the official scheme, not of this code: A and L stand for 17 and 28.
    assert Cnpj("12ABC34501DE35").value != Cnpj("12LBC34501DE35").value


@given(st.one_of(cpfs, cnpjs))
def test_nothing_prints_a_document_whole(document: Document) -> None:
    middle = document.formatted[3:10] if isinstance(document, Cnpj) else document.formatted[4:11]
    for text in (str(document), repr(document), f"{document}", f"{[document]}", f"{document!s:>30}"):
        assert document.value not in text
        assert document.formatted not in text
        assert middle in text
        # Five digits of eleven, eight characters of fourteen stay hidden.
        assert text.count("*") == (5 if isinstance(document, Cpf) else 8)


def test_masks() -> None:
    assert str(Cpf("52998224725")) == "***.982.247-**"
    assert repr(Cpf("52998224725")) == "Cpf('***.982.247-**')"
    assert str(Cnpj("12ABC34501DE35")) == "**.ABC.345/****-**"
    assert repr(Cnpj("12ABC34501DE35")) == "Cnpj('**.ABC.345/****-**')"


CPF_SHAPE = re.compile(r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}", re.ASCII)
CNPJ_SHAPE = re.compile(r"[0-9A-Za-z]{2}\.?[0-9A-Za-z]{3}\.?[0-9A-Za-z]{3}/?[0-9A-Za-z]{4}-?\d{2}", re.ASCII)


def is_document(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (CPF_SHAPE, CNPJ_SHAPE))


@given(st.text(max_size=20).filter(lambda text: not is_document(text)))
def test_text_at_random_is_refused_and_nothing_else_is_raised(text: str) -> None:
    with pytest.raises(InvalidDocument):
        parse_document(text)


@given(st.one_of(cpfs, cnpjs), st.integers(0, 14), st.sampled_from("-./ A0"))
def test_a_character_too_many_is_refused_unless_it_is_a_separator_in_its_place(
    document: Document, position: int, extra: str
) -> None:
    value = document.value
    text = value[:position] + extra + value[position:]
    try:
        read = parse_document(text)
    except InvalidDocument:
        return
    assert extra in "-./ "
    assert read == document


def test_a_refusal_does_not_repeat_the_document() -> None:
    for text in ("529.982.247-24", "52998224724", "12ABC34501DE36"):
        with pytest.raises(InvalidDocument) as caught:
            parse_document(text)
        assert text not in str(caught.value)
        assert text[3:8] not in str(caught.value)
        assert caught.value.__context__ is None


def test_documents_are_values() -> None:
    cpf = Cpf.parse("529.982.247-25")
    assert {cpf: 1}[Cpf("52998224725")] == 1
    assert cpf != Cpf("11144477735")
    untyped: Any = cpf
    with pytest.raises(dataclasses.FrozenInstanceError):
        untyped.value = "11144477735"
