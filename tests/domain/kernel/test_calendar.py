"""The day in São Paulo and due dates anchored on a day of the month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.calendar import (
    SAO_PAULO,
    SystemClock,
    add_months,
    format_moment,
    local_date,
    monthly_due_dates,
    read_moment,
)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2025, 8, 1, 2, 59, 59, tzinfo=UTC), date(2025, 7, 31)),
        (datetime(2025, 8, 1, 3, 0, 0, tzinfo=UTC), date(2025, 8, 1)),
        (datetime(2026, 1, 1, 2, 59, 59, tzinfo=UTC), date(2025, 12, 31)),
        # Daylight saving time was in force: two hours behind.
        (datetime(2018, 12, 1, 2, 0, 0, tzinfo=UTC), date(2018, 12, 1)),
        (datetime(2025, 8, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5))), date(2025, 8, 2)),
        (datetime(2025, 8, 1, 23, 30, tzinfo=SAO_PAULO), date(2025, 8, 1)),
    ],
)
def test_local_date_is_the_day_in_sao_paulo(moment: datetime, expected: date) -> None:
    assert local_date(moment) == expected


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime.fromisoformat("2025-08-01T12:00"))


def test_system_clock_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before - timedelta(milliseconds=1) < now <= datetime.now(UTC)
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_read_as_it_was_written(moment: datetime) -> None:
    text = format_moment(moment)
    again = read_moment(text)
    assert timedelta(0) <= moment - again < timedelta(milliseconds=1)
    assert format_moment(again) == text


def test_what_has_not_been_has_no_text() -> None:
    assert format_moment(None) is read_moment(None) is None


@pytest.mark.parametrize("text", ["", "2025-08-01", "2025-08-01T12:00", "today"])
def test_a_text_that_names_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|time zone"):
        read_moment(text)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 3, 31), 1, date(2025, 4, 30)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 1, 31), -2, date(2024, 11, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 5, 5), 0, date(2025, 5, 5)),
        (date(2025, 1, 10), -1, date(2024, 12, 10)),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(("day", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1), (date(2025, 1, 1), 10**9)])
def test_add_months_stays_inside_the_calendar(day: date, months: int) -> None:
    with pytest.raises(ValueError, match="years"):
        add_months(day, months)


def test_due_dates_stay_anchored_on_the_first_day_of_the_month() -> None:
    assert monthly_due_dates(date(2025, 1, 31), 5) == (
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 5, 31),
    )


@given(days, st.integers(1, 120))
def test_due_dates_ascend_one_a_month(first: date, count: int) -> None:
    dates = monthly_due_dates(first, count)
    assert len(dates) == count
    assert dates[0] == first
    months = [day.year * 12 + day.month for day in dates]
    assert months == list(range(months[0], months[0] + count))
    for day in dates:
        clipped = day.day < first.day and (day + timedelta(days=1)).day == 1
        assert day.day == first.day or clipped


@pytest.mark.parametrize("count", [0, -1])
def test_at_least_one_due_date(count: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        monthly_due_dates(date(2025, 1, 1), count)
