"""Cents, rounding half to even, and rates that know their period."""

from __future__ import annotations

import dataclasses
import operator
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.money import AnnualRate, DailyRate, MonthlyRate, exact_cents, format_brl, round_cents


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("0.5", 0),
        ("1.5", 2),
        ("2.5", 2),
        ("-0.5", 0),
        ("-1.5", -2),
        ("2.5000000000000000000000000000000000000000000001", 3),
        ("2.4999999999999999999999999999999999999999999999", 2),
        ("123456789012345678901234567890123456789.5", 123456789012345678901234567890123456790),
        ("1E+3", 1000),
    ],
)
def test_round_cents_half_to_even(amount: str, cents: int) -> None:
    assert round_cents(Decimal(amount)) == cents


def test_rounding_ignores_the_surrounding_context() -> None:
    with localcontext(prec=3):
        assert round_cents(Decimal("123456.5")) == 123456
        assert MonthlyRate.from_percent("1.23456").percent(5) == Decimal("1.23456")
        assert MonthlyRate.from_percent("7").to_annual().percent(6) == Decimal("125.219159")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_not_finite_is_not_money(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        round_cents(Decimal(amount))
    with pytest.raises(ValueError, match="finite"):
        MonthlyRate.from_percent(amount)


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (123456, "R$ 1.234,56"),
        (0, "R$ 0,00"),
        (5, "R$ 0,05"),
        (-5, "-R$ 0,05"),
        (99999, "R$ 999,99"),
        (100000, "R$ 1.000,00"),
        (-123456789012, "-R$ 1.234.567.890,12"),
    ],
)
def test_format_brl(cents: int, text: str) -> None:
    assert format_brl(cents) == text


@given(st.integers(-(10**18), 10**18))
def test_formatted_money_reads_back(cents: int) -> None:
    digits = format_brl(cents).replace("R$ ", "").replace(".", "").replace(",", "")
    assert int(digits) == cents


@pytest.mark.parametrize("value", [1.0, 0.1, True, Decimal("1.5"), "1", None])
def test_only_an_int_is_cents(value: Any) -> None:
    for function in (exact_cents, format_brl):
        with pytest.raises(TypeError):
            function(value)


@pytest.mark.parametrize("value", [1.0, 1, True, "1", None])
def test_only_a_decimal_is_rounded(value: Any) -> None:
    with pytest.raises(TypeError):
        round_cents(value)


@pytest.mark.parametrize("rate", [DailyRate, MonthlyRate, AnnualRate])
class TestRates:
    @pytest.mark.parametrize("percent", ["1.5", Decimal("1.5"), "1.50", "0.15E1"])
    def test_percent_in_fraction_held(self, rate: type[MonthlyRate], percent: str | Decimal) -> None:
        assert rate.from_percent(percent) == rate(Decimal("0.015"))

    def test_whole_percent(self, rate: type[MonthlyRate]) -> None:
        assert rate.from_percent(2).fraction == Decimal("0.02")

    @pytest.mark.parametrize("value", [1.5, True, None, 1 + 0j])
    def test_floats_are_refused(self, rate: type[MonthlyRate], value: Any) -> None:
        with pytest.raises(TypeError):
            rate.from_percent(value)
        with pytest.raises(TypeError):
            rate(value)

    @pytest.mark.parametrize("text", ["1,5", "", "um", "1.5%"])
    def test_text_that_is_not_a_number(self, rate: type[MonthlyRate], text: str) -> None:
        with pytest.raises(ValueError, match="decimal number"):
            rate.from_percent(text)

    @pytest.mark.parametrize("percent", [-100, "-100.01", -(10**6)])
    def test_a_rate_is_above_minus_one_hundred(self, rate: type[MonthlyRate], percent: str | int) -> None:
        with pytest.raises(ValueError, match="above -100"):
            rate.from_percent(percent)

    @pytest.mark.parametrize(
        ("percent", "places", "expected"),
        [
            ("1.005", 2, "1.00"),
            ("1.015", 2, "1.02"),
            ("1.025", 2, "1.02"),
            ("1.0250000000000000000000000001", 2, "1.03"),
            ("2.5", 0, "2"),
            ("-0.005", 2, "-0.00"),
            ("7", 4, "7.0000"),
        ],
    )
    def test_percent_rounds_half_to_even(
        self, rate: type[MonthlyRate], percent: str, places: int, expected: str
    ) -> None:
        assert str(rate.from_percent(percent).percent(places)) == expected

    def test_a_rate_of_many_digits_still_prints(self, rate: type[MonthlyRate]) -> None:
        assert rate(Decimal("1E+60")).percent() == Decimal("1E+62")

    def test_a_rate_is_a_value(self, rate: type[MonthlyRate]) -> None:
        one = rate.from_percent(1)
        assert one == rate(Decimal("0.01"))
        assert hash(one) == hash(rate(Decimal("0.010")))
        assert one < rate.from_percent(2)
        untyped: Any = one
        with pytest.raises(dataclasses.FrozenInstanceError):
            untyped.fraction = Decimal(1)


def test_rates_of_different_periods_do_not_mix() -> None:
    monthly: Any = MonthlyRate(Decimal("0.01"))
    annual: Any = AnnualRate(Decimal("0.01"))
    assert monthly != annual
    with pytest.raises(TypeError):
        operator.lt(monthly, annual)


def test_published_conversions() -> None:
    seven = MonthlyRate.from_percent(7)
    assert seven.to_annual().percent(6) == Decimal("125.219159")
    assert seven.to_daily().percent(6) == Decimal("0.225783")
    # O-1: 12 % a year is 0.95 % a month.
    assert AnnualRate.from_percent(12).to_monthly().percent() == Decimal("0.95")
    # O-4: the legacy engine compounds its rounded monthly CET.
    assert MonthlyRate.from_percent("2.6").to_annual().percent() == Decimal("36.07")


@given(st.decimals(Decimal("-50"), Decimal("500"), places=6))
def test_annual_and_monthly_are_inverse(percent: Decimal) -> None:
    rate = AnnualRate.from_percent(percent)
    assert abs(rate.to_monthly().to_annual().fraction - rate.fraction) < Decimal("1e-28")
