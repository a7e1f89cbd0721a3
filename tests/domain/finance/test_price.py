"""Price schedules: published oracles to the cent, and what holds of every schedule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lastro.finance.exact_price import amortization_ratio, balance_ratios, interest_ratio
from lastro.finance.installment import Installment
from lastro.finance.price import (
    capitalize_grace,
    implied_monthly_rate,
    price_installment,
    price_schedule,
)
from lastro.kernel.calendar import monthly_due_dates
from lastro.kernel.money import AnnualRate, MonthlyRate, round_ratio

FIRST = date(2025, 9, 1)


def schedule(principal: int, percent: str | int, count: int) -> tuple[Installment, ...]:
    return price_schedule(principal, MonthlyRate.from_percent(percent), monthly_due_dates(FIRST, count))


def schedule_values(principal: int, rate: MonthlyRate, count: int) -> list[int]:
    return [row.value for row in price_schedule(principal, rate, monthly_due_dates(FIRST, count))]


rates = st.decimals(Decimal(0), Decimal(8), places=4).map(MonthlyRate.from_percent)
principals = st.integers(500_00, 10_000_000_00)
terms = st.integers(1, 84)


class TestOracles:
    """Published examples: O-1 the Central Bank's, O-4 the old API's, O-6 and O-7 of textbooks (docs/sources.md)."""

    @pytest.mark.parametrize(
        ("principal", "percent", "count", "value", "interest", "amortization", "balance"),
        [
            (80_000_00, 1, 8, 10_455_22, 800_00, 9_655_22, 70_344_78),
            (70_000_00, 2, 5, 14_851_09, 1_400_00, 13_451_09, 56_548_91),
        ],
    )
    def test_o7_first_row(
        self, principal: int, percent: int, count: int, value: int, interest: int, amortization: int, balance: int
    ) -> None:
        rows = schedule(principal, percent, count)
        assert rows[0] == Installment(1, FIRST, principal, interest, amortization, value, balance)
        assert {row.value for row in rows[:-1]} == {value}

    @pytest.mark.parametrize(
        ("principal", "percent", "count", "total"), [(80_000_00, 1, 8, 83_641_79), (70_000_00, 2, 5, 74_255_44)]
    )
    def test_o7_totals(self, principal: int, percent: int, count: int, total: int) -> None:
        # The published totals come from the unrounded instalment: half a cent for each rounded one.
        assert abs(sum(row.value for row in schedule(principal, percent, count)) - total) <= count / 2

    def test_o7_every_interest(self) -> None:
        rows = schedule(8_530_20, 3, 10)
        interests = [255_91, 233_58, 210_59, 186_91, 162_52, 137_39, 111_51, 84_86, 57_40, 29_13]
        assert [row.interest for row in rows] == interests
        assert {row.value for row in rows} == {1_000_00}
        assert sum(row.interest for row in rows) == 1_469_80

    def test_o7_coefficient_of_180_months(self) -> None:
        one_percent = MonthlyRate.from_percent(1)
        assert price_installment(10**8, one_percent, 180) == 1_200_168
        assert price_installment(59_612_18, one_percent, 69) == 1_200_16
        assert implied_monthly_rate(59_612_18, [1_200_16] * 69).percent(4) == Decimal("1.0000")

    def test_o6_capitalized_grace(self) -> None:
        rate = MonthlyRate.from_percent("1.5")
        assert capitalize_grace(300_000_00, rate, 1) == 304_500_00
        assert capitalize_grace(300_000_00, rate, 2) == 309_067_50
        rows = price_schedule(309_067_50, rate, monthly_due_dates(FIRST, 6))
        assert rows[0].value == 54_249_14
        published = [
            (4_636_01, 49_613_13, 259_454_37),
            (3_891_82, 50_357_32, 209_097_05),
            (3_136_46, 51_112_68, 157_984_36),
            (2_369_77, 51_879_37, 106_104_99),
            (1_591_57, 52_657_57, 53_447_42),
            (801_71, 53_447_43, 0),
        ]
        for row, (interest, amortization, balance) in zip(rows, published, strict=True):
            assert abs(row.interest - interest) <= 1
            assert abs(row.amortization - amortization) <= 1
            assert abs(row.balance - balance) <= 1

    def test_o4_value_and_first_row(self) -> None:
        rows = schedule(516_33, "1.3", 4)
        assert rows[0] == Installment(1, FIRST, 516_33, 6_71, 126_59, 133_30, 389_74)
        assert [row.interest for row in rows] == [6_71, 5_07, 3_40, 1_71]
        assert implied_monthly_rate(500_00, [133_30] * 4).percent(4) == Decimal("2.6221")

    def test_o4_published_rows_are_the_unrounded_schedule(self) -> None:
        # The legacy engine rounds each figure on its own (128.24 + 5.07 is not 133.30), so its rows do not add up.
        rate = MonthlyRate.from_percent("1.3")
        parts = [round_ratio(*amortization_ratio(516_33, rate, 4, paid)) for paid in range(4)]
        assert parts == [126_59, 128_24, 129_91, 131_59]
        interests = [round_ratio(*interest_ratio(516_33, rate, 4, paid)) for paid in range(4)]
        assert interests == [6_71, 5_07, 3_40, 1_71]

    def test_o1_value_of_the_central_bank_example(self) -> None:
        assert price_installment(1_000_00, AnnualRate.from_percent(12).to_monthly(), 5) == 205_73

    def test_o1_equal_months(self) -> None:
        rate = implied_monthly_rate(940_00, [205_73] * 5)
        assert rate.percent() == Decimal("3.08")
        assert rate.percent(5) == Decimal("3.08130")
        assert rate.to_annual().percent() == Decimal("43.93")
        assert rate.to_annual().percent(4) == Decimal("43.9324")


@given(principals, rates, terms)
def test_every_schedule_adds_up(principal: int, rate: MonthlyRate, count: int) -> None:
    dates = monthly_due_dates(FIRST, count)
    rows = price_schedule(principal, rate, dates)
    assert tuple(row.due_date for row in rows) == dates
    assert [row.number for row in rows] == list(range(1, count + 1))
    assert sum(row.amortization for row in rows) == principal
    assert sum(row.value for row in rows) == principal + sum(row.interest for row in rows)
    balance = principal
    for row in rows:
        assert row.previous_balance == balance
        # The balance may stray a cent per row from the unrounded one, and the interest by that much at the rate.
        assert abs(row.interest - balance * rate.fraction) <= Decimal("0.5") + (row.number - 1) * rate.fraction
        assert row.value == row.interest + row.amortization
        assert row.balance == balance - row.amortization
        assert row.amortization >= 0
        balance = row.balance
    assert balance == 0


@given(principals, rates, terms)
def test_only_the_last_value_differs_and_only_by_the_residue(principal: int, rate: MonthlyRate, count: int) -> None:
    rows = schedule_values(principal, rate, count)
    assert set(rows[:-1]) <= {price_installment(principal, rate, count)}
    # Each instalment hides at most half a cent of its own rounding and half a cent of its interest's.
    assert abs(rows[-1] - price_installment(principal, rate, count)) <= count


@given(principals, terms)
def test_the_zero_rate_spreads_the_principal(principal: int, count: int) -> None:
    rows = price_schedule(principal, MonthlyRate(Decimal(0)), monthly_due_dates(FIRST, count))
    assert all(row.interest == 0 for row in rows)
    assert sum(row.value for row in rows) == principal


@given(st.integers(1, 200_00), st.decimals(0, 30, places=2).map(MonthlyRate.from_percent), st.integers(1, 120))
def test_a_small_principal_is_paid_off_or_refused(principal: int, rate: MonthlyRate, count: int) -> None:
    try:
        rows = price_schedule(principal, rate, monthly_due_dates(FIRST, count))
    except ValueError:
        # Only where a cent too many in each instalment could use up the last one.
        assert price_installment(principal, rate, count) <= (count + 1) * (1 + rate.fraction)
        return
    assert rows[-1].balance == 0
    assert sum(row.amortization for row in rows) == principal
    assert all(row.amortization >= 0 and row.value > 0 and row.interest >= 0 and row.balance >= 0 for row in rows)


@pytest.mark.parametrize("percent", ["15", "20", "100"])
def test_a_long_loan_at_a_high_rate_ends_like_it_began(percent: str) -> None:
    values = schedule_values(1_000_00, MonthlyRate.from_percent(percent), 60)
    assert abs(values[-1] - values[0]) <= 60


@pytest.mark.parametrize(("principal", "percent", "count"), [(1, 0, 2), (50, 1, 60), (5, 0, 10), (7, 0, 10)])
def test_a_principal_too_small_is_refused(principal: int, percent: int, count: int) -> None:
    with pytest.raises(ValueError, match="too small"):
        schedule(principal, percent, count)


def test_one_instalment_pays_it_all() -> None:
    assert schedule(1_000_00, 2, 1) == (Installment(1, FIRST, 1_000_00, 20_00, 1_000_00, 1_020_00, 0),)


@pytest.mark.parametrize(
    ("principal", "percent", "dates"),
    [
        (0, "1", (FIRST,)),
        (-1, "1", (FIRST,)),
        (1000, "-1", (FIRST,)),
        (1000, "1", ()),
        (1000, "1", (FIRST, FIRST)),
        (1000, "1", (date(2025, 10, 1), FIRST)),
    ],
)
def test_what_cannot_be_scheduled(principal: int, percent: str, dates: tuple[date, ...]) -> None:
    with pytest.raises(ValueError, match=r"above zero|zero or more|at least one|ascend"):
        price_schedule(principal, MonthlyRate.from_percent(percent), dates)


@pytest.mark.parametrize("rate", [0.02, Decimal("0.02"), 2, AnnualRate.from_percent(2)])
def test_only_a_monthly_rate_prices(rate: Any) -> None:
    with pytest.raises(TypeError):
        price_schedule(1000, rate, (FIRST,))
    with pytest.raises(TypeError):
        price_installment(1000, rate, 1)
    with pytest.raises(TypeError):
        capitalize_grace(1000, rate, 1)


@pytest.mark.parametrize("amount", [1000.0, Decimal(1000), "1000", True])
def test_only_whole_cents_are_priced(amount: Any) -> None:
    rate = MonthlyRate.from_percent(1)
    with pytest.raises(TypeError):
        price_schedule(amount, rate, (FIRST,))
    with pytest.raises(TypeError):
        price_installment(amount, rate, 1)
    with pytest.raises(TypeError):
        capitalize_grace(amount, rate, 1)
    with pytest.raises(TypeError):
        implied_monthly_rate(amount, [1000])
    with pytest.raises(TypeError):
        implied_monthly_rate(1000, [amount])


@given(rates, terms)
def test_shares_sum_to_one_and_grow_with_the_rate(rate: MonthlyRate, count: int) -> None:
    shares = [Fraction(*amortization_ratio(1, rate, count, paid)) for paid in range(count)]
    assert sum(shares) == 1
    assert shares == sorted(shares)
    owed, whole = balance_ratios(1, rate, count)
    assert [Fraction(before - after, whole) for before, after in pairwise(owed)] == shares


@given(st.integers(10_000_00, 10_000_000_00), st.decimals(0, 5, places=2), st.integers(1, 60))
def test_the_implied_rate_is_the_rate_asked_for(principal: int, percent: Decimal, count: int) -> None:
    values = schedule_values(principal, MonthlyRate.from_percent(percent), count)
    assert implied_monthly_rate(principal, values).percent() == percent


@given(st.lists(st.integers(0, 5_000_00), min_size=1, max_size=72), st.integers(1, 50_000_00))
def test_the_implied_rate_discounts_back_to_the_principal(values: list[int], principal: int) -> None:
    assume(any(values))
    assume(sum(values) * 100 > principal)
    growth = 1 + implied_monthly_rate(principal, values).fraction
    worth = sum((value / growth**month for month, value in enumerate(values, start=1)), Decimal(0))
    assert abs(worth - principal) < Decimal("1e-9")


def test_implied_rate_signs() -> None:
    assert implied_monthly_rate(1_000_00, [500_00, 500_00]).fraction == 0
    assert implied_monthly_rate(1_000_00, [400_00, 500_00]).fraction < 0
    assert implied_monthly_rate(1_000_00, [0, 1_210_00]).percent() == Decimal("10.00")


@pytest.mark.parametrize(("principal", "values"), [(0, [100]), (-5, [100]), (100, []), (100, [0, 0]), (100, [50, -1])])
def test_no_implied_rate(principal: int, values: list[int]) -> None:
    with pytest.raises(ValueError, match=r"above zero|not negative"):
        implied_monthly_rate(principal, values)


def test_grace() -> None:
    rate = MonthlyRate.from_percent(1)
    assert capitalize_grace(1_000_00, rate, 0) == 1_000_00
    with pytest.raises(ValueError, match="zero or more months"):
        capitalize_grace(1_000_00, rate, -1)
    with pytest.raises(ValueError, match="rate of zero or more"):
        capitalize_grace(1_000_00, MonthlyRate.from_percent(-1), 1)
