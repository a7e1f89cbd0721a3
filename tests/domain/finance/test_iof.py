"""IOF: the dated table at each of its edges, and the gross-up to the cent."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.finance.cet import annual_cet
from lastro.finance.iof import BorrowerClass, FinancedIof, PrincipalSharing, finance_iof, iof_rates
from lastro.finance.price import price_schedule
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.money import AnnualRate, MonthlyRate, round_cents

RELEASE = date(2025, 8, 1)
SMALL = 30_000_00
LARGE = 30_000_01
PERSON, COMPANY, SIMPLES, MEI = BorrowerClass

classes = st.sampled_from(BorrowerClass)
rates = st.decimals(Decimal(0), Decimal(8), places=4).map(MonthlyRate.from_percent)
releases = st.dates(date(2022, 1, 1), date(2030, 12, 31))


def financed(
    net: int,
    percent: str | int,
    count: int,
    *,
    fees: int = 0,
    release: date = RELEASE,
    borrower: BorrowerClass = PERSON,
    sharing: PrincipalSharing = PrincipalSharing.AGREED,
) -> FinancedIof:
    dates = monthly_due_dates(add_months(release, 1), count)
    return finance_iof(net, fees, MonthlyRate.from_percent(percent), release, dates, borrower, sharing=sharing)


class TestOracles:
    """A priced credit worked out by hand, and the vendor's published example."""

    def test_vector_a(self) -> None:
        rate = MonthlyRate.from_percent("2.5")
        dates = monthly_due_dates(date(2025, 9, 1), 12)
        loan = finance_iof(10_000_00, 0, rate, RELEASE, dates, PERSON)
        assert (loan.iof, loan.gross) == (211_92, 10_211_92)
        rows = price_schedule(loan.gross, rate, dates)
        assert rows[0].value == 995_53
        cet = annual_cet(10_000_00, RELEASE, [(row.due_date, row.value) for row in rows])
        assert cet.percent() == Decimal("40.03")

    def test_o4_equal_shares_at_the_rate_of_2021(self) -> None:
        loan = financed(500_00, "1.3", 4, fees=10_00, release=date(2021, 11, 3), sharing=PrincipalSharing.EQUAL)
        assert (loan.iof, loan.gross) == (6_33, 516_33)

    def test_o4_price_shares_differ(self) -> None:
        assert financed(500_00, "1.3", 4, fees=10_00, release=date(2021, 11, 3)).iof == 6_36


# Edges of every row: the regular rates (R), zero (Z), the rise of 2021 (N), Decreto 12.466 (E) and 12.499 (F).
R_DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        *("2015-01-22", "2019-06-14", "2020-04-02", "2020-11-27", "2020-12-14", "2021-01-01", "2021-09-19"),
        *("2022-01-01", "2025-05-22", "2025-06-27", "2025-07-15"),
    )
)
Z_DAYS = (date(2020, 4, 3), date(2020, 7, 4), date(2020, 11, 26), date(2020, 12, 15), date(2020, 12, 31))
N_DAYS = (date(2021, 9, 20), date(2021, 12, 31))
E_DAYS = (date(2025, 5, 23), date(2025, 6, 10))
F_DAYS = (date(2025, 6, 11), date(2025, 6, 26), date(2025, 7, 16), date(2040, 1, 1))
D0, E0, R0 = date(2022, 1, 1), date(2025, 5, 23), date(2025, 7, 16)


@pytest.mark.parametrize(
    ("borrower", "days", "principal", "daily", "additional"),
    [
        *((borrower, Z_DAYS, size, "0", "0") for borrower in BorrowerClass for size in (SMALL, LARGE)),
        *((PERSON, R_DAYS + E_DAYS + F_DAYS, size, "0.0082", "0.38") for size in (SMALL, LARGE)),
        *((PERSON, N_DAYS, size, "0.01118", "0.38") for size in (SMALL, LARGE)),
        *((COMPANY, R_DAYS, size, "0.0041", "0.38") for size in (SMALL, LARGE)),
        *((COMPANY, N_DAYS, size, "0.00559", "0.38") for size in (SMALL, LARGE)),
        *((COMPANY, E_DAYS, size, "0.0082", "0.95") for size in (SMALL, LARGE)),
        *((COMPANY, F_DAYS, size, "0.0082", "0.38") for size in (SMALL, LARGE)),
        *((borrower, R_DAYS + N_DAYS, SMALL, "0.00137", "0.38") for borrower in (SIMPLES, MEI)),
        *((borrower, R_DAYS, LARGE, "0.0041", "0.38") for borrower in (SIMPLES, MEI)),
        *((borrower, N_DAYS, LARGE, "0.00559", "0.38") for borrower in (SIMPLES, MEI)),
        (SIMPLES, E_DAYS, SMALL, "0.00274", "0.95"),
        (SIMPLES, E_DAYS, LARGE, "0.0082", "0.95"),
        (MEI, E_DAYS, SMALL, "0.00274", "0.38"),
        (MEI, E_DAYS, LARGE, "0.0082", "0.38"),
        *((borrower, F_DAYS, SMALL, "0.00274", "0.38") for borrower in (SIMPLES, MEI)),
        *((borrower, F_DAYS, LARGE, "0.0082", "0.38") for borrower in (SIMPLES, MEI)),
    ],
)
def test_rates_at_the_edges_of_every_period(
    borrower: BorrowerClass, days: tuple[date, ...], principal: int, daily: str, additional: str
) -> None:
    for day in days:
        rates = iof_rates(borrower, day, principal)
        assert rates.daily.percent(5) == Decimal(daily), day
        assert rates.additional == Decimal(additional) / 100, day


@pytest.mark.parametrize("borrower", BorrowerClass)
@pytest.mark.parametrize("day", [date(2015, 1, 21), date(2000, 1, 1)])
def test_days_before_the_table_are_refused(borrower: BorrowerClass, day: date) -> None:
    with pytest.raises(ValueError, match="on record before 2015-01-22"):
        iof_rates(borrower, day, SMALL)


def test_zero_rates_tax_nothing() -> None:
    for release in Z_DAYS:
        loan = financed(10_000_00, 2, 12, fees=100_00, release=release)
        assert (loan.iof, loan.gross) == (0, 10_100_00)


def test_a_tax_of_half_a_cent_is_known_before_it_is_divided() -> None:
    # Three equal parts lent for 30, 61 and 92 days are lent for 61 days on average; a third of a day is no decimal.
    release = date(2019, 6, 1)
    dates = (date(2019, 7, 1), date(2019, 8, 1), date(2019, 9, 1))
    rate = Fraction(61 * 82, 10**6) + Fraction(38, 10**4)
    whole = rate / (1 - rate)
    # The first amounts, of those with a tie, whose tax of so many cents and a half goes down and up to the even cent.
    for half in range(3):
        net = (half + Fraction(1, 2)) / whole
        multiple = net.denominator
        loan = finance_iof(
            int(net * multiple), 0, MonthlyRate(Decimal(0)), release, dates, PERSON, sharing=PrincipalSharing.EQUAL
        )
        assert loan.iof == round(int(net * multiple) * whole)


@pytest.mark.parametrize(
    ("borrower", "day", "principal", "yearly"),
    [
        (PERSON, D0, LARGE, "3.373"),
        (COMPANY, D0, LARGE, "1.8765"),
        (COMPANY, E0, LARGE, "3.943"),
        (COMPANY, R0, LARGE, "3.373"),
        (SIMPLES, D0, SMALL, "0.88005"),
        (SIMPLES, E0, SMALL, "1.9501"),
    ],
)
def test_a_year_costs_the_published_maximum(borrower: BorrowerClass, day: date, principal: int, yearly: str) -> None:
    rates = iof_rates(borrower, day, principal)
    assert (rates.daily.fraction * 365 + rates.additional) * 100 == Decimal(yearly)


@given(st.integers(500_00, 1_000_000_00), st.integers(0, 10_000_00), rates, releases, st.integers(1, 84), classes)
def test_the_gross_amount_is_net_fees_and_tax_and_the_tax_is_on_the_gross(
    net: int, fees: int, rate: MonthlyRate, release: date, count: int, borrower: BorrowerClass
) -> None:
    dates = monthly_due_dates(add_months(release, 1), count)
    loan = finance_iof(net, fees, rate, release, dates, borrower)
    assert (loan.net, loan.fees) == (net, fees)
    assert loan.gross == net + fees + loan.iof
    assert loan.rates == iof_rates(borrower, release, loan.gross)
    daily = sum(
        row.amortization * loan.rates.daily.fraction * min((row.due_date - release).days, 365)
        for row in price_schedule(loan.gross, rate, dates)
    )
    # The schedule's own cents move between instalments: never more than a cent of tax.
    assert abs(round_cents(daily + loan.gross * loan.rates.additional) - loan.iof) <= 1


@given(st.integers(1_000_00, 100_000_00), st.integers(1, 364), classes, releases)
def test_a_longer_term_never_costs_less_until_the_cap(
    net: int, days: int, borrower: BorrowerClass, release: date
) -> None:
    def iof(term: int) -> int:
        due_date = release + timedelta(days=term)
        return finance_iof(net, 0, MonthlyRate.from_percent(2), release, (due_date,), borrower).iof

    assert iof(days) <= iof(days + 1) <= iof(365)
    assert iof(365) == iof(366) == iof(3650)


def test_each_day_up_to_the_cap_costs_and_none_after() -> None:
    def iof(term: int) -> int:
        due_date = RELEASE + timedelta(days=term)
        return finance_iof(10_000_00, 0, MonthlyRate.from_percent(2), RELEASE, (due_date,), PERSON).iof

    assert iof(1) < iof(2) < iof(364) < iof(365) == iof(366)
    # 3.373 % of the gross amount: 10,000.00 x 0.03373 / 0.96627.
    assert iof(365) == 349_07


@given(st.integers(1_000_00, 100_000_00), rates, st.integers(1, 83))
def test_one_more_instalment_never_costs_less(net: int, rate: MonthlyRate, count: int) -> None:
    dates = monthly_due_dates(date(2025, 9, 1), count + 1)
    shorter = finance_iof(net, 0, rate, RELEASE, dates[:-1], PERSON)
    assert shorter.iof <= finance_iof(net, 0, rate, RELEASE, dates, PERSON).iof


@pytest.mark.parametrize("borrower", [SIMPLES, MEI])
def test_the_gross_amount_decides_which_side_of_the_limit(borrower: BorrowerClass) -> None:
    small = iof_rates(borrower, RELEASE, SMALL)
    large = iof_rates(borrower, RELEASE, LARGE)
    below = financed(29_500_00, 2, 12, borrower=borrower)
    assert below.gross <= SMALL
    assert below.rates == small
    # The net amount is under the limit, the gross one is over it at either rate.
    across = financed(29_900_00, 2, 12, borrower=borrower)
    assert across.gross > SMALL
    assert across.rates == large
    # Fits at the small loan's rates though it would not at the larger loan's.
    edge = financed(29_700_00, 2, 12, borrower=borrower)
    assert edge.gross <= SMALL < 29_700_00 + financed(29_700_00, 2, 12, borrower=COMPANY).iof
    assert edge.rates == small


@pytest.mark.parametrize(
    ("net", "fees", "dates"),
    [
        (0, 0, (date(2025, 9, 1),)),
        (-1, 0, (date(2025, 9, 1),)),
        (1000, -1, (date(2025, 9, 1),)),
        (1000, 0, ()),
        (1000, 0, (RELEASE,)),
        (1000, 0, (date(2025, 9, 1), date(2025, 7, 1))),
    ],
)
def test_what_cannot_be_financed(net: int, fees: int, dates: tuple[date, ...]) -> None:
    with pytest.raises(ValueError, match=r"above zero|after the release"):
        finance_iof(net, fees, MonthlyRate.from_percent(1), RELEASE, dates, PERSON)


def test_a_negative_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        financed(1000, -1, 12)


@pytest.mark.parametrize("amount", [1000.0, Decimal(1000), "1000", True])
def test_only_whole_cents_are_financed(amount: Any) -> None:
    rate = MonthlyRate.from_percent(1)
    dates = (date(2025, 9, 1),)
    with pytest.raises(TypeError):
        finance_iof(amount, 0, rate, RELEASE, dates, PERSON)
    with pytest.raises(TypeError):
        finance_iof(1000, amount, rate, RELEASE, dates, PERSON)
    with pytest.raises(TypeError):
        iof_rates(PERSON, RELEASE, amount)


@pytest.mark.parametrize("rate", [0.02, Decimal("0.02"), AnnualRate.from_percent(2)])
def test_only_a_monthly_rate_finances(rate: Any) -> None:
    with pytest.raises(TypeError):
        finance_iof(1000, 0, rate, RELEASE, (date(2025, 9, 1),), PERSON)
