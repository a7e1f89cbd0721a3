"""CET by the law: actual calendar days over 365, annual, two decimals half to even."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lastro.finance.cet import annual_cet
from lastro.finance.discounting import discount_factor
from lastro.finance.price import implied_monthly_rate
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.money import AnnualRate

RELEASE = date(2025, 8, 1)


def monthly(value: int, count: int, release: date = RELEASE) -> list[tuple[date, int]]:
    return [(due_date, value) for due_date in monthly_due_dates(add_months(release, 1), count)]


flows = st.lists(st.tuples(st.integers(1, 3650), st.integers(1, 5_000_00)), min_size=1, max_size=60)


class TestOracles:
    """Published examples: O-1 the Central Bank's, O-4 the old API's, O-6 and O-7 of textbooks (docs/sources.md)."""

    def test_o1_by_the_formula_of_the_law(self) -> None:
        # The example has no dates, only equal months: 365 twelfths of a day are one such month's twelfth.
        factor = discount_factor(940_00, [(365 * month, 205_73) for month in range(1, 6)])
        annual = AnnualRate((1 / factor) ** (365 * 12) - 1)
        assert annual.percent() == Decimal("43.93")
        assert annual.to_monthly().percent() == Decimal("3.08")

    def test_o1_on_a_calendar(self) -> None:
        # Short and long months move the figure around the published one, which no calendar meets to the second decimal.
        annual = annual_cet(940_00, date(2023, 4, 1), monthly(205_73, 5, date(2023, 4, 1)))
        assert annual.percent() == Decimal("43.85")
        assert annual.to_monthly().percent() == Decimal("3.08")

    def test_vector_a(self) -> None:
        assert annual_cet(10_000_00, RELEASE, monthly(995_53, 12)).percent() == Decimal("40.03")

    def test_o4_by_the_law_and_not_by_the_legacy_compounding(self) -> None:
        payments = monthly(133_30, 4, date(2021, 11, 3))
        assert annual_cet(500_00, date(2021, 11, 3), payments).percent() == Decimal("36.58")
        assert implied_monthly_rate(500_00, [133_30] * 4).to_annual().percent() != Decimal("36.58")


def test_a_year_of_365_days() -> None:
    assert annual_cet(1_000_00, date(2025, 1, 1), [(date(2026, 1, 1), 1_200_00)]).percent() == Decimal("20.00")
    # 29 February makes it 366 days: a little less a year.
    leap = annual_cet(1_000_00, date(2024, 1, 1), [(date(2025, 1, 1), 1_200_00)])
    assert leap.percent() == Decimal("19.94")


@given(flows, st.integers(1, 50_000_00))
def test_the_rate_discounts_the_payments_back_to_what_was_released(flow: list[tuple[int, int]], released: int) -> None:
    assume(sum(value for _, value in flow) * 2 > released)
    payments = [(RELEASE + timedelta(days=days), value) for days, value in flow]
    try:
        annual = annual_cet(released, RELEASE, payments)
    except ValueError:
        # Half of the money back within days is a loss no year of lending knows.
        assert sum(value for _, value in flow) < released
        return
    with localcontext(prec=60):
        growth = 1 + annual.fraction
        worth = sum((value / growth ** (Decimal(days) / 365) for days, value in flow), Decimal(0))
    assert abs(worth / released - 1) < Decimal("1e-15")


@given(st.integers(100_00, 900_00), st.integers(1, 60), st.integers(1, 50_00))
def test_a_fee_withheld_raises_the_cet(value: int, count: int, fee: int) -> None:
    released = value * count
    payments = monthly(value, count)
    assume(released > fee)
    assert annual_cet(released - fee, RELEASE, payments) > annual_cet(released, RELEASE, payments)


@given(st.integers(100_00, 900_00), st.integers(1, 60), st.integers(0, 59), st.integers(1, 50_00))
def test_a_charge_added_to_a_payment_raises_the_cet(value: int, count: int, position: int, charge: int) -> None:
    payments = monthly(value, count)
    dearer = list(payments)
    due_date, paid = dearer[position % count]
    dearer[position % count] = (due_date, paid + charge)
    assert annual_cet(value * count, RELEASE, dearer) > annual_cet(value * count, RELEASE, payments)


@given(flows, st.randoms(use_true_random=False))
def test_the_order_of_payments_does_not_matter(flow: list[tuple[int, int]], random: Any) -> None:
    payments = [(RELEASE + timedelta(days=days), value) for days, value in flow]
    shuffled = list(payments)
    random.shuffle(shuffled)
    released = sum(value for _, value in flow)
    assert annual_cet(released, RELEASE, shuffled) == annual_cet(released, RELEASE, payments)


def test_signs() -> None:
    assert annual_cet(1_200_00, RELEASE, monthly(100_00, 12)).fraction == 0
    assert annual_cet(1_200_00, RELEASE, monthly(99_00, 12)).fraction < 0
    assert annual_cet(1_200_00, RELEASE, monthly(101_00, 12)).fraction > 0


def test_a_loan_of_one_day_has_a_rate_of_many_digits() -> None:
    annual = annual_cet(100_00, RELEASE, [(RELEASE + timedelta(days=1), 110_00)])
    assert annual.fraction.quantize(Decimal("1E+10")) == (Decimal("1.1") ** 365 - 1).quantize(Decimal("1E+10"))
    assert annual.percent() > Decimal("1E+17")


@pytest.mark.parametrize(
    "flow",
    [
        [(1, 1)],
        [(3650, 10**12)],
        [(1, 1), (3650, 10**12)],
        [(1, 10**12), (3650, 1)],
        [(day, 1) for day in range(1, 3651)],
    ],
)
@pytest.mark.parametrize("released", [1, 1_000_00, 10**12])
def test_extreme_flows_still_solve(flow: list[tuple[int, int]], released: int) -> None:
    factor = discount_factor(released, flow)
    with localcontext(prec=60):
        worth = sum((value * factor**period for period, value in flow), Decimal(0))
    assert abs(worth / released - 1) < Decimal("1e-15")


@pytest.mark.parametrize(
    ("released", "payments"),
    [
        (0, monthly(100, 3)),
        (-1, monthly(100, 3)),
        (1000, []),
        (1000, monthly(0, 3)),
        (1000, monthly(-100, 3)),
        (1000, [(RELEASE, 1000)]),
        (1000, [(RELEASE - timedelta(days=1), 1000)]),
        (1_000_00, [(RELEASE + timedelta(days=1), 1)]),
        (1_000_00, [(RELEASE + timedelta(days=365), 9_99)]),
    ],
)
def test_no_rate_exists(released: int, payments: list[tuple[date, int]]) -> None:
    with pytest.raises(ValueError, match=r"above zero|not negative|after the release|almost nothing"):
        annual_cet(released, RELEASE, payments)


def test_the_lowest_rate() -> None:
    assert annual_cet(1_000_00, RELEASE, [(RELEASE + timedelta(days=365), 10_01)]).percent() == Decimal("-99.00")


@pytest.mark.parametrize("amount", [1000.0, Decimal(1000), "1000", True])
def test_only_whole_cents_count(amount: Any) -> None:
    with pytest.raises(TypeError):
        annual_cet(amount, RELEASE, monthly(1000, 2))
    with pytest.raises(TypeError):
        annual_cet(1000, RELEASE, [(date(2025, 9, 1), amount)])
