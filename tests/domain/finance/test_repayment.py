"""Price and SAC, by equal months and by calendar days: a lender's own schedules, and what holds of every plan."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lastro.finance.repayment import Amortization, DayCount, Repayment, applied_annual_rate, plan_repayment
from lastro.kernel.calendar import monthly_due_dates
from lastro.kernel.money import MonthlyRate

RELEASE = date(2026, 4, 10)
PUBLISHED: dict[str, Any] = json.loads(Path(__file__).with_name("calendar_day_schedules.json").read_text())


def plan(percent: str, first: date, count: int, **rules: Any) -> Repayment:
    return plan_repayment(MonthlyRate.from_percent(percent), RELEASE, monthly_due_dates(first, count), **rules)


@pytest.mark.parametrize("case", PUBLISHED["cases"])
def test_a_lenders_schedule_by_calendar_days(case: dict[str, Any]) -> None:
    rate, release = MonthlyRate.from_percent(case["monthly_rate_percent"]), date.fromisoformat(case["release_date"])
    due_dates = monthly_due_dates(date.fromisoformat(case["first_due_date"]), 12)
    rows = plan_repayment(rate, release, due_dates, day_count=DayCount.CALENDAR_DAYS).schedule(case["financed"])
    assert [(row.due_date - before).days for row, before in zip(rows, (release, *due_dates), strict=False)] == case[
        "days"
    ]
    assert {abs(row.value - case["installment"]) for row in rows[:-1]} <= {0, 1}
    differences = [abs(row.interest - interest) for row, interest in zip(rows, case["interests"], strict=True)]
    assert max(differences[:-1]) <= 1
    # The lender puts what rounding leaves into the last interest, we into the last amortization.
    assert abs(rows[-1].value - (case["last_principal"] + case["interests"][-1])) <= 12
    assert rows[-1].balance == 0


def test_there_are_sixty_of_them() -> None:
    assert len(PUBLISHED["cases"]) == 60


def test_ten_days_cost_ten_days() -> None:
    rows = plan("1", date(2026, 4, 20), 12, day_count=DayCount.CALENDAR_DAYS).schedule(1_018_91)
    assert rows[0].interest == 3_34


def test_the_annual_rate_applied_has_six_decimals() -> None:
    rate = MonthlyRate.from_percent(1)
    assert applied_annual_rate(rate, DayCount.CALENDAR_DAYS).fraction == Decimal("0.126825")
    assert applied_annual_rate(rate, DayCount.MONTHLY).percent(8) == Decimal("12.68250301")


def test_a_year_of_calendar_days_bears_the_annual_rate() -> None:
    due = RELEASE + timedelta(365)
    whole = plan_repayment(MonthlyRate.from_percent(1), RELEASE, [due], day_count=DayCount.CALENDAR_DAYS)
    # Half a cent exactly, to the even side both times: 12.6825 % of 1,000.00 and of 3,000.00 less a cent's tenth.
    assert whole.schedule(1_000_00)[0].interest == 126_82
    assert whole.schedule(3_000_00)[0].interest == 380_48


@pytest.mark.parametrize("amortization", Amortization)
def test_a_single_instalment_is_the_debt_and_its_interest(amortization: Amortization) -> None:
    # 1,000.05 and half a cent more than a hundred of interest: the even hundred, and the debt to the cent beside it.
    single = plan("10", date(2026, 5, 10), 1, amortization=amortization)
    [row] = single.schedule(1_000_05)
    assert (row.interest, row.value, single.installment(1_000_05)) == (100_00, 1_100_05, 1_100_05)


def test_sac_amortizes_equal_parts() -> None:
    rows = plan("1", date(2026, 5, 10), 4, amortization=Amortization.SAC).schedule(1_000_00)
    assert [row.amortization for row in rows] == [250_00] * 4
    assert [row.interest for row in rows] == [10_00, 7_50, 5_00, 2_50]
    assert plan("1", date(2026, 5, 10), 4, amortization=Amortization.SAC).installment(1_000_00) == 260_00


def test_sac_by_calendar_days() -> None:
    rules = {"amortization": Amortization.SAC, "day_count": DayCount.CALENDAR_DAYS}
    rows = plan("1", date(2026, 4, 20), 3, **rules).schedule(900_00)
    year = Decimal("1.126825")
    gaps = (10, 30, 31)
    owed = (900_00, 600_00, 300_00)
    expected = [round(debt * (year ** (Decimal(gap) / 365) - 1)) for debt, gap in zip(owed, gaps, strict=True)]
    assert [row.interest for row in rows] == expected
    # A short first period bears less than the second: the highest instalment is not the first.
    assert plan("1", date(2026, 4, 20), 3, **rules).installment(900_00) == max(row.value for row in rows[:-1])
    assert rows[1].value > rows[0].value


def test_interest_of_a_long_first_period_adds_to_the_debt() -> None:
    rows = plan("10", date(2026, 7, 10), 12, day_count=DayCount.CALENDAR_DAYS).schedule(10_000_00)
    assert rows[0].interest > rows[0].value
    assert rows[0].amortization < 0 < rows[1].amortization
    assert rows[0].balance > 10_000_00
    assert rows[-1].balance == 0


rates = st.decimals(Decimal(0), Decimal(12), places=4).map(MonthlyRate.from_percent)
plans = st.builds(
    lambda rate, first, count, day_count, amortization: plan_repayment(
        rate,
        RELEASE,
        monthly_due_dates(RELEASE + timedelta(first), count),
        day_count=day_count,
        amortization=amortization,
    ),
    rates,
    st.integers(1, 60),
    st.integers(1, 120),
    st.sampled_from(DayCount),
    st.sampled_from(Amortization),
)


@given(plans, st.integers(500_00, 10_000_000_00))
def test_every_row_is_the_unrounded_schedules(repayment: Repayment, principal: int) -> None:
    rows = repayment.schedule(principal)
    half = Decimal("0.500000001")
    with localcontext(prec=80):
        growths = [Decimal(growth).scaleb(-40) for growth in repayment.growths]
        worth = Decimal(0)
        for growth in reversed(growths):
            worth = (worth + 1) / growth
        value = principal / worth
        if repayment.amortization is Amortization.PRICE and len(rows) > 1:
            assert abs(rows[0].value - value) <= half
        owed = Decimal(principal)
        for row, growth in zip(rows, growths, strict=True):
            interest = owed * (growth - 1)
            assert abs(row.interest - interest) <= half
            sac = repayment.amortization is Amortization.SAC
            owed -= Decimal(principal) / len(rows) if sac else value - interest
        assert abs(owed) < Decimal("1e-9")


@given(plans, st.integers(500_00, 10_000_000_00), st.integers(0, 100))
def test_a_larger_principal_never_costs_less(repayment: Repayment, principal: int, more: int) -> None:
    assert repayment.installment(principal) <= repayment.installment(principal + more)


@given(plans)
def test_taxed_days_lie_between_the_first_and_the_last(repayment: Repayment) -> None:
    days, whole = repayment.taxed_days(RELEASE)
    first, last = (min((day - RELEASE).days, 365) for day in (repayment.due_dates[0], repayment.due_dates[-1]))
    assert first * whole - whole // 10**20 <= days <= last * whole + whole // 10**20


@given(rates, st.integers(1, 24), st.integers(500_00, 1_000_000_00))
def test_equal_months_are_worked_out_exactly(rate: MonthlyRate, count: int, principal: int) -> None:
    repayment = plan_repayment(rate, RELEASE, monthly_due_dates(RELEASE + timedelta(30), count))
    month = Fraction(rate.fraction)
    value = principal * month / (1 - (1 + month) ** -count) if month else Fraction(principal, count)
    assume(count > 1)
    rows = repayment.schedule(principal)
    assert rows[0].value == round(value)
    owed = Fraction(principal)
    for row in rows:
        assert row.interest == round(owed * month)
        owed -= value - owed * month


@pytest.mark.parametrize(("percent", "count", "principal"), [("100", 2, 300), ("50", 2, 1000), ("100", 3, 700)])
def test_ties_in_later_rows_go_to_the_even_cent(percent: str, count: int, principal: int) -> None:
    repayment = plan(percent, date(2026, 5, 10), count)
    month = Fraction(MonthlyRate.from_percent(percent).fraction)
    for amount in range(principal, principal + 400):
        owed = Fraction(amount)
        value = amount * month / (1 - (1 + month) ** -count)
        for row in repayment.schedule(amount):
            assert row.interest == round(owed * month)
            owed -= value - owed * month


@pytest.mark.parametrize("day_count", DayCount)
@pytest.mark.parametrize("amortization", Amortization)
def test_what_cannot_be_planned(day_count: DayCount, amortization: Amortization) -> None:
    rules: dict[str, Any] = {"day_count": day_count, "amortization": amortization}
    for percent, dates in (("-1", [date(2026, 5, 1)]), ("1", []), ("1", [date(2026, 5, 1)] * 2)):
        with pytest.raises(ValueError, match=r"zero or more|at least one|ascend"):
            plan_repayment(MonthlyRate.from_percent(percent), RELEASE, dates, **rules)
    with pytest.raises(ValueError, match=r"above zero"):
        plan("1", date(2026, 5, 1), 2, **rules).schedule(0)
    with pytest.raises(ValueError, match=r"too small"):
        plan("1", date(2026, 5, 1), 10, **rules).schedule(4)
    with pytest.raises(TypeError):
        plan("1", date(2026, 5, 1), 2, **rules).schedule(Decimal(1000))  # type: ignore[arg-type]


def test_calendar_days_follow_the_release() -> None:
    with pytest.raises(ValueError, match="after the release"):
        plan("1", RELEASE, 2, day_count=DayCount.CALENDAR_DAYS)
