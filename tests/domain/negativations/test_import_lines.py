"""Lines of imports: numbers and dates of two worlds, nothing in two readings, and files read in any pieces."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.negativations.imports.lines import Row, WrongLine, read_heading, read_line
from lastro.negativations.imports.model import FileFormat
from lastro.negativations.imports.reading import LineTooLong, lines_from

HEADING = "document;name;external_id;due_on;amount;branch_id;sex"
LINE = "529.982.247-25;Ana Exemplo;b-1;05/10/2026;1.234,56;7;F"


def read(line: str, heading: str = HEADING) -> Row:
    return read_line(line, 2, FileFormat.CSV, read_heading(heading), "p", None)


def rules(line: str, heading: str = HEADING) -> dict[str, str]:
    with pytest.raises(WrongLine) as caught:
        read(line, heading)
    return {error.field: error.rule for error in caught.value.errors}


def test_a_line_is_a_debtor_and_a_boleto() -> None:
    row = read(LINE)
    assert (row.debtor.document, row.debtor.sex) == ("52998224725", "F")
    assert (row.boleto.due_on, row.boleto.amount_cents, row.boleto.branch_id) == (date(2026, 10, 5), 123456, 7)
    assert row.given == {"document", "name", "sex"}


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1.234,56", 123456),
        ("1234.56", 123456),
        ("1234,5", 123450),
        ("1234.5", 123450),
        ("R$ 18,90", 1890),
        ("189", 18900),
        ("1.234.567", 123456700),
        ("1.234.567,89", 123456789),
    ],
)
def test_amounts_of_two_worlds(written: str, cents: int) -> None:
    assert read(LINE.replace("1.234,56", written)).boleto.amount_cents == cents


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("1.234", "ambiguous"),
        ("1,234", "ambiguous"),
        ("1,234.56", "number"),
        ("-5", "number"),
        ("1e3", "number"),
        ("", "missing"),
        ("0", "greater_than_equal"),
    ],
)
def test_an_amount_in_two_readings_is_refused(written: str, rule: str) -> None:
    assert rules(LINE.replace("1.234,56", written)) == {"amount": rule}


@pytest.mark.parametrize(("written", "fits"), [("2026-10-05", True), ("5/10/2026", False), ("31/02/2026", False)])
def test_days_of_two_worlds(written: str, fits: bool) -> None:
    line = LINE.replace("05/10/2026", written)
    if fits:
        assert read(line).boleto.due_on == date(2026, 10, 5)
    else:
        assert rules(line) == {"due_on": "date"}


def test_every_wrong_field_of_a_line_is_named_at_once() -> None:
    assert rules("529.982.247-00;A;;ontem;1.234;x;Z") == {
        "document": "cpf_cnpj",
        "name": "string_too_short",
        "external_id": "missing",
        "due_on": "date",
        "amount": "ambiguous",
        "branch_id": "int_type",
        "sex": "literal_error",
    }


def test_a_heading_is_known_or_refused() -> None:
    assert read_heading("\ufeffDocument, NAME,external_id,due_on,amount_cents") == (
        ",",
        ["document", "name", "external_id", "due_on", "amount_cents"],
    )
    for heading, field, rule in (
        ("document;name;external_id;due_on", "amount", "missing_column"),
        (f"{HEADING};amount_cents", "amount", "missing_column"),
        (f"{HEADING};sexo", "sexo", "unknown_column"),
        (f"{HEADING};sex", "sex", "repeated_column"),
        ("name;external_id;due_on;amount", "document", "missing_column"),
    ):
        with pytest.raises(WrongLine) as caught:
            read_heading(heading)
        assert (field, rule) in {(error.field, error.rule) for error in caught.value.errors}


def test_lines_that_are_no_rows() -> None:
    assert rules(f"{LINE};x") == {"": "columns"}
    assert rules('"529.982.247-25;Ana') == {"": "csv"}
    assert rules(f"{LINE}\r{LINE}") == {"": "line_end"}
    quoted = LINE.replace("Ana Exemplo", '"Ana; ""Nina"" Exemplo"')
    assert read(quoted).debtor.name == 'Ana; "Nina" Exemplo'


def of_json(**fields: Any) -> Row:
    whole = {"document": "52998224725", "name": "Ana Exemplo", "external_id": 1042, "due_on": "2026-10-05", **fields}
    return read_line(json.dumps(whole), 1, FileFormat.NDJSON, ("", []), "p", 7)


def test_ndjson_is_read_by_the_same_rules() -> None:
    assert of_json(amount_cents=18990).boleto.amount_cents == 18990
    assert of_json(amount=189.9).boleto.amount_cents == 18990
    assert of_json(amount="189,90", branch_id=9).boleto.branch_id == 9
    assert of_json(amount=189).boleto.external_id == "1042"
    for wrong in ({}, {"amount": 1, "amount_cents": 100}, {"amount": 1.005}):
        with pytest.raises(WrongLine):
            of_json(**wrong)
    for text in ("[]", "{", "", "[" * 9_000, '{"name":' + "[" * 8_000 + "]" * 8_000 + "}"):
        with pytest.raises(WrongLine):
            read_line(text, 1, FileFormat.NDJSON, ("", []), "p", 7)
    for text, error in (
        ('{"amount": "10,00", "amount": "20,00"}', ("amount", "repeated_key")),
        ('{"a": NaN}', ("", "json")),
    ):
        with pytest.raises(WrongLine) as caught:
            read_line(text, 1, FileFormat.NDJSON, ("", []), "p", 7)
        assert [(each.field, each.rule) for each in caught.value.errors] == [error]


@pytest.mark.parametrize("digits", [5_000, 15_000])
def test_a_number_that_nobody_owes_ends_its_line_alone(digits: int) -> None:
    for field in ("amount", "amount_cents"):
        for text in ("9" * digits, "9" * digits + ",00", "1" + ".000" * (digits // 4)):
            with pytest.raises(WrongLine) as caught:
                of_json(**{field: text})
            assert {error.field for error in caught.value.errors} == {field}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line and not line.endswith(b"\r"))), st.data())
def test_a_file_is_the_same_lines_in_any_pieces_from_any_line(lines: list[bytes], data: st.DataObject) -> None:
    content = b"\n".join(lines)
    piece = data.draw(st.integers(1, 20))
    ends = data.draw(st.sampled_from([b"\n", b"\r\n"]))
    content = content.replace(b"\n", ends)
    reads = []

    def read_range(start: int, length: int) -> bytes:
        reads.append(length)
        return content[start : start + length]

    found = list(lines_from(read_range, 0, len(content), piece))
    told = [line for line, _ in found]
    # A last line that holds nothing is none.
    assert told == (lines if lines and lines[-1] else lines[:-1])
    for number, (_, behind) in enumerate(found):
        rest = [line for line, _ in lines_from(read_range, behind, len(content), piece)]
        assert rest == told[number + 1 :]
    assert max(reads, default=0) <= piece


def test_an_endless_line_is_not_kept() -> None:
    content = b"x" * 40_000
    with pytest.raises(LineTooLong):
        list(lines_from(lambda start, length: content[start : start + length], 0, len(content)))
