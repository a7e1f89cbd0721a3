"""The root found in floating point and polished once is the one that decimals alone find."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lastro.finance.cet import annual_cet
from lastro.finance.discounting import discount_factor
from lastro.finance.price import implied_monthly_rate, price_schedule
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.money import AnnualRate, MonthlyRate
from tests.domain.finance.pure_decimal import pure_decimal_factor

RELEASE = date(2025, 8, 1)
NO_DIFFERENCE = Decimal("1e-20")


def agree(present: int, payments: list[tuple[int, int]]) -> None:
    expected = pure_decimal_factor(present, payments)
    with localcontext(prec=50):
        assert abs(discount_factor(present, payments) / expected - 1) < NO_DIFFERENCE


# A loan as it is: months that differ by days, instalments that differ by cents or by charges.
loans = st.builds(
    lambda count, first, value, cents: [
        ((add_months(RELEASE, month + first) - RELEASE).days, value + cents[month % len(cents)])
        for month in range(count)
    ],
    st.integers(1, 420),
    st.integers(1, 6),
    st.integers(1_00, 50_000_00),
    st.lists(st.integers(0, 90_00), min_size=1, max_size=5),
)
wild = st.lists(st.tuples(st.integers(1, 15_000), st.integers(0, 10**11)), min_size=1, max_size=80).map(sorted)


@settings(max_examples=40, deadline=None)
@given(loans, st.decimals("0.02", "1.2", places=3))
def test_loans_agree_with_the_referee(payments: list[tuple[int, int]], part: Decimal) -> None:
    agree(max(int(sum(value for _, value in payments) * part), 1), payments)


@settings(max_examples=60, deadline=None)
@given(wild, st.integers(1, 10**12))
def test_wild_flows_agree_with_the_referee(payments: list[tuple[int, int]], present: int) -> None:
    assume(any(value for _, value in payments))
    agree(present, payments)


@pytest.mark.parametrize(
    ("present", "payments"),
    [
        # Nothing like an even flow: the first start is far off, where the payments hardly vary by worth.
        (1, [(1, 1), (6, 105)]),
        (1, [(1, 1), (15_000, 10**11)]),
        (10**12, [(1, 10**11), (2, 1), (15_000, 10**11)]),
        (50_000_00, [(30, 100_00)] * 59 + [(1800, 60_000_00)]),
        # Steeper than a double holds, and as steep the other way.
        (1, [(day, 10**11) for day in range(1, 400)]),
        (10**12, [(day, 1) for day in range(1, 400)]),
    ],
)
def test_flows_far_from_even_agree_with_the_referee(present: int, payments: list[tuple[int, int]]) -> None:
    agree(present, payments)


@pytest.mark.parametrize("count", [1, 2, 12, 13, 24, 60, 180, 420])
@pytest.mark.parametrize("percent", ["0.01", "0.99", "1.79", "4.5", "15"])
def test_figures_that_are_published_agree(count: int, percent: str) -> None:
    due_dates = monthly_due_dates(add_months(RELEASE, 1), count)
    rows = price_schedule(50_000_00, MonthlyRate.from_percent(percent), due_dates)
    flows = [((row.due_date - RELEASE).days, row.value) for row in rows]
    with localcontext(prec=50):
        growth = 1 / pure_decimal_factor(49_000_00, flows)
        expected = AnnualRate(growth**365 - 1)
        month = 1 / pure_decimal_factor(50_000_00, [(row.number, row.value) for row in rows])
    cet = annual_cet(49_000_00, RELEASE, [(row.due_date, row.value) for row in rows])
    assert cet.percent(12) == expected.percent(12)
    assert cet.to_monthly().percent(12) == expected.to_monthly().percent(12)
    assert implied_monthly_rate(50_000_00, [row.value for row in rows]).percent(12) == MonthlyRate(month - 1).percent(
        12
    )


@pytest.mark.parametrize(
    ("paid", "percent"), [(1_200_05, "20.00"), (1_200_15, "20.02"), (1_200_25, "20.02"), (1_999_95, "100.00")]
)
def test_half_of_a_last_digit_goes_to_the_even_one(paid: int, percent: str) -> None:
    assert annual_cet(1_000_00, RELEASE, [(RELEASE + timedelta(days=365), paid)]).percent() == Decimal(percent)


def test_a_rate_of_few_digits_is_that_rate() -> None:
    assert annual_cet(1_000_00, RELEASE, [(RELEASE + timedelta(days=730), 1_440_00)]).fraction == Decimal("0.2")
    assert implied_monthly_rate(1_000_00, [20_00] * 11 + [1_020_00]).fraction == Decimal("0.02")
