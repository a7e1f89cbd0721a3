"""When a person is asked to confirm its registration: calendar days in São Paulo, every login until it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.customers.portal.registration.model import (
    MOST_DAYS,
    NO_SCHEDULE,
    NOTHING_CONFIRMED,
    Registration,
    RegistrationField,
    Schedule,
    Showing,
    Standing,
    due_on,
    find_missing,
    is_asked,
    is_due,
)
from lastro.kernel.calendar import local_date, start_of_day

YEARLY = Schedule(enabled=True, every_days=365, version=1)
MOMENTS = st.integers(631_152_000, 3_471_292_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""1990 to 2079."""
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def test_who_never_confirmed_is_asked_and_nobody_is_without_a_schedule() -> None:
    now = datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert is_asked(YEARLY, NOTHING_CONFIRMED, "login", now)
    assert not is_asked(NO_SCHEDULE, NOTHING_CONFIRMED, "login", now)
    assert not is_asked(Schedule(enabled=False, every_days=1), Standing(datetime(1990, 1, 1, tzinfo=UTC)), "", now)


@pytest.mark.parametrize(
    ("confirmed", "days", "due"),
    [
        ("2027-03-01", 365, "2028-02-29"),  # the year between ends on a leap day
        ("2028-02-29", 365, "2029-02-28"),
        ("2028-02-29", 366, "2029-03-01"),
        ("2026-12-31", 1, "2027-01-01"),
    ],
)
def test_days_are_those_of_the_calendar(confirmed: str, days: int, due: str) -> None:
    day = date.fromisoformat(confirmed)
    late_evening = start_of_day(day) + timedelta(hours=23, minutes=59)
    schedule = Schedule(enabled=True, every_days=days)
    for moment in (start_of_day(day), late_evening):
        assert due_on(schedule, Standing(moment)) == date.fromisoformat(due)


def test_midnight_is_that_of_sao_paulo() -> None:
    daily = Schedule(enabled=True, every_days=1)
    standing = Standing(datetime(2026, 11, 4, 2, 59, 59, tzinfo=UTC))  # still the third in São Paulo
    assert not is_due(daily, standing, datetime(2026, 11, 4, 2, 59, 59, 999_000, tzinfo=UTC))
    assert is_due(daily, standing, datetime(2026, 11, 4, 3, tzinfo=UTC))


@settings(max_examples=200)
@given(confirmed=MOMENTS, days=st.integers(1, MOST_DAYS), here=ZONES, there=ZONES)
def test_exactly_so_many_calendar_days_go_by(confirmed: datetime, days: int, here: timezone, there: timezone) -> None:
    """Over leap days and changes of the clocks, wherever the moments were written down."""
    schedule = Schedule(enabled=True, every_days=days)
    standing = Standing(confirmed.astimezone(here))
    due = due_on(schedule, standing)
    assert due is not None
    assert (due - local_date(confirmed)).days == days
    midnight = start_of_day(due)
    assert is_due(schedule, standing, midnight.astimezone(there))
    assert not is_due(schedule, standing, (midnight.astimezone(UTC) - timedelta(milliseconds=1)).astimezone(there))


@settings(max_examples=200)
@given(confirmed=MOMENTS, days=st.integers(1, MOST_DAYS), later=st.timedeltas(timedelta(0), timedelta(days=9000)))
def test_once_due_it_stays_due(confirmed: datetime, days: int, later: timedelta) -> None:
    schedule, standing = Schedule(enabled=True, every_days=days), Standing(confirmed)
    now = confirmed + later
    if is_due(schedule, standing, now):
        assert is_due(schedule, standing, now + timedelta(hours=1))


@given(logins=st.lists(st.sampled_from("abc"), min_size=1, max_size=8))
def test_put_off_it_comes_back_at_every_other_login(logins: list[str]) -> None:
    now, standing = datetime(2026, 11, 3, 12, tzinfo=UTC), NOTHING_CONFIRMED
    for login in logins:
        assert is_asked(YEARLY, standing, login, now) is (standing.postponed_in != login)
        standing = Standing(None, login, standing.postponements + 1)
        assert not is_asked(YEARLY, standing, login, now)
    assert is_asked(YEARLY, standing, "a new one", now)
    assert not is_asked(YEARLY, Standing(now, standing.postponed_in), "a new one", now)


def test_the_form_is_what_the_manager_shows() -> None:
    fields = {RegistrationField.RG: Showing.HIDDEN, RegistrationField.EMAIL: Showing.REQUIRED}
    schedule = Schedule(enabled=True, every_days=1, fields=fields)
    assert RegistrationField.RG not in schedule.shown
    assert len(schedule.shown) == len(RegistrationField) - 1
    assert schedule.required == (RegistrationField.EMAIL,)
    assert find_missing(schedule, Registration("Ana")) == [RegistrationField.EMAIL]
    assert find_missing(schedule, Registration("Ana", email="ana@example.com")) == []
