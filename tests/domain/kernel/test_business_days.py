"""Bank holidays against the list that ANBIMA publishes, and due dates moved by them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.business_days import (
    DueDayRule,
    bank_holidays,
    business_day_from,
    due_dates_by,
    easter_of,
    is_business_day,
)
from lastro.kernel.calendar import monthly_due_dates

# Carnival's Monday and Tuesday, Good Friday, Corpus Christi as month and day (ANBIMA, feriados nacionais).
MOVING = {
    2008: ("02-04", "02-05", "03-21", "05-22"),
    2011: ("03-07", "03-08", "04-22", "06-23"),
    2016: ("02-08", "02-09", "03-25", "05-26"),
    2019: ("03-04", "03-05", "04-19", "06-20"),
    2024: ("02-12", "02-13", "03-29", "05-30"),
    2025: ("03-03", "03-04", "04-18", "06-19"),
    2026: ("02-16", "02-17", "04-03", "06-04"),
    2027: ("02-08", "02-09", "03-26", "05-27"),
    2028: ("02-28", "02-29", "04-14", "06-15"),
    2029: ("02-12", "02-13", "03-30", "05-31"),
    2030: ("03-04", "03-05", "04-19", "06-20"),
    2031: ("02-24", "02-25", "04-11", "06-12"),
    2032: ("02-09", "02-10", "03-26", "05-27"),
}
FIXED = ("01-01", "04-21", "05-01", "09-07", "10-12", "11-02", "11-15", "12-25")


@pytest.mark.parametrize("year", MOVING)
def test_the_published_holidays(year: int) -> None:
    expected = {*FIXED, *MOVING[year]} | ({"11-20"} if year >= 2024 else set())
    assert {f"{day:%m-%d}" for day in bank_holidays(year)} == expected


def test_black_awareness_day_is_a_holiday_since_2024() -> None:
    assert is_business_day(date(2023, 11, 20))
    assert not is_business_day(date(2024, 11, 20))


def test_ash_wednesday_and_the_last_day_of_the_year_are_business_days() -> None:
    assert is_business_day(date(2026, 2, 18))
    assert is_business_day(date(2026, 12, 31))


@pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 2, 15), date(2026, 2, 16), date(2026, 2, 17)])
def test_carnival_moves_a_due_date_to_ash_wednesday(day: date) -> None:
    assert business_day_from(day) == date(2026, 2, 18)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_due_date_moves_to_the_first_business_day(day: date) -> None:
    moved = business_day_from(day)
    assert is_business_day(moved)
    assert moved >= day
    between = [day + timedelta(days) for days in range((moved - day).days)]
    assert not any(map(is_business_day, between))
    # The longest run: Christmas on a Friday gives three days, Carnival four.
    assert len(between) <= 4
    assert business_day_from(moved) == moved


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_of_march_or_april(year: int) -> None:
    easter = easter_of(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(1, 120))
def test_each_due_date_moves_by_itself(first: date, count: int) -> None:
    asked = monthly_due_dates(first, count)
    assert due_dates_by(DueDayRule.SAME_DAY, first, count) == asked
    moved = due_dates_by(DueDayRule.NEXT_BUSINESS_DAY, first, count)
    assert moved == tuple(business_day_from(day) for day in asked)
    assert list(moved) == sorted(set(moved))
