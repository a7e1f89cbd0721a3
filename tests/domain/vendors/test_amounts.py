"""Amounts, counts and days of vendors: every digit survives, and what is odd is not guessed at."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.vendors.kit import amounts, days
from lastro.vendors.kit.odd import Odd

READERS = [reader for module in (amounts, days) for name, reader in vars(module).items() if name.startswith("read_")]
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=20),
    st.from_regex(r"(R\$ ?)?[0-9.,%/ -]{1,20}"),
    st.lists(st.none(), max_size=1),
)


@given(cents=st.integers(0, amounts.MOST_CENTS - 1))
def test_every_amount_survives_each_form(cents: int) -> None:
    assert amounts.read_cents(cents) == cents
    assert amounts.read_decimal(amounts.write_decimal(cents)) == cents
    assert amounts.read_decimal_text(amounts.write_decimal_text(cents)) == cents
    assert amounts.read_brazilian(amounts.write_brazilian(cents)) == cents
    assert amounts.read_padded(amounts.write_padded(cents)) == cents
    assert amounts.read_reais(amounts.write_decimal(cents)) == cents
    assert amounts.read_reais_text(amounts.write_decimal_text(cents)) == cents
    assert amounts.read_localised("R$ " + amounts.write_brazilian(cents)) == cents


@given(value=ANYTHING)
def test_whatever_stands_there_is_read_or_odd(value: object) -> None:
    for reader in READERS:
        with suppress(Odd):
            found = reader(value)
            assert isinstance(found, int | str | date)
            assert not isinstance(found, int) or 0 <= found < amounts.MOST_REPORTED_CENTS
            assert not isinstance(found, str) or 0 <= Decimal(found) < 1000


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (amounts.read_cents, 1.0),
        (amounts.read_cents, True),
        (amounts.read_cents, -1),
        (amounts.read_cents, "100"),
        (amounts.read_cents, amounts.MOST_CENTS),
        (amounts.read_decimal, Decimal("1.005")),
        (amounts.read_decimal, Decimal("Infinity")),
        (amounts.read_decimal, Decimal("1e20")),
        (amounts.read_decimal, 1.5),
        (amounts.read_decimal_text, "1,50"),
        (amounts.read_decimal_text, "1.5"),
        (amounts.read_decimal_text, "-1.50"),
        (amounts.read_decimal_text, "1.50\n"),
        (amounts.read_decimal_text, "１.50"),
        (amounts.read_brazilian, "1234,56"),
        (amounts.read_brazilian, "1.234.56"),
        (amounts.read_brazilian, "12.34,56"),
        (amounts.read_padded, "123456"),
        (amounts.read_padded, "00000000000123a"),
        (amounts.read_reais, "1234.56"),
        (amounts.read_reais, Decimal(-1)),
        (amounts.read_reais, Decimal("1E+400000")),
        (amounts.read_reais_text, "482,51"),
        (amounts.read_localised, "R$ 1,234.56"),
        (amounts.read_localised, "R$ -1,00"),
        (amounts.read_term, 0),
        (amounts.read_term, 1000),
        (amounts.read_term, "٣"),
        (amounts.read_count, Decimal("1.5")),
        (amounts.read_score, 1001),
        (amounts.read_percent_text, "1000"),
        (amounts.read_percent_number, "1.5"),
        (amounts.read_fraction_number, Decimal(10)),
        (days.read_day, "2024-02-30"),
        (days.read_day, "2024-31-12"),
        (days.read_day, 20240531),
        (amounts.read_seconds, 0),
    ],
)
def test_odd_values_are_not_guessed_at(reader: Callable[[object], object], value: object) -> None:
    with pytest.raises(Odd):
        reader(value)


@pytest.mark.parametrize(
    ("reader", "value", "meaning"),
    [
        (amounts.read_decimal, Decimal("1234.5600"), 123456),
        (amounts.read_decimal, 1234, 123400),
        (amounts.read_reais, Decimal("0.125"), 12),
        (amounts.read_reais, Decimal("0.135"), 14),
        (amounts.read_reais_text, "1.005", 100),
        (amounts.read_localised, "1234,5", 123450),
        (amounts.read_localised, "R$\N{NO-BREAK SPACE}1.234,56", 123456),
        (amounts.read_percent, "9,5 %", "9.5"),
        (amounts.read_percent, Decimal("9.50"), "9.50"),
        (amounts.read_percent_padded, "0018900", "1.8900"),
        (amounts.read_fraction_number, Decimal("0.0189"), "1.89"),
        (amounts.read_percent_text, "1,89", "1.89"),
        (amounts.read_count, " 7 ", 7),
        (amounts.read_term, "048", 48),
        (days.read_day, "2024-05-31T10:00:00", date(2024, 5, 31)),
        (days.read_day, "31/05/2024", date(2024, 5, 31)),
    ],
)
def test_each_form_is_read_for_what_it_says(reader: Callable[[object], object], value: object, meaning: object) -> None:
    assert reader(value) == meaning
