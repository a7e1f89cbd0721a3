"""How long consulters are told and answers are kept: calendar months by the day in São Paulo, not a number of days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.model import CONSULTERS_MONTHS, RETENTION_MONTHS, consulters_since, kept_until
from lastro.kernel.calendar import add_months, local_date, start_of_day

moments = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("asked", "since"),
    [
        ("2026-09-02", "2026-03-02"),  # 184 days
        ("2026-08-31", "2026-02-28"),  # the month has no day 31
        ("2024-08-29", "2024-02-29"),
        ("2026-03-01", "2025-09-01"),  # 181 days
    ],
)
def test_six_months_are_six_months_of_the_calendar(asked: str, since: str) -> None:
    noon = start_of_day(date.fromisoformat(asked)) + timedelta(hours=12)
    assert consulters_since(noon) == start_of_day(date.fromisoformat(since))


@given(moments)
def test_the_first_day_is_whole_and_stands_six_months_back(now: datetime) -> None:
    since = consulters_since(now)
    assert since == start_of_day(local_date(since))
    months = (local_date(now).year - local_date(since).year) * 12 + local_date(now).month - local_date(since).month
    assert months == CONSULTERS_MONTHS
    # The same day of the month, or the last of a month that has no such day.
    if local_date(since).day != local_date(now).day:
        assert (local_date(since) + timedelta(days=1)).day == 1


@given(moments)
def test_an_answer_is_kept_until_the_end_of_its_day(asked_at: datetime) -> None:
    last = add_months(local_date(asked_at), RETENTION_MONTHS)
    assert kept_until(asked_at) == start_of_day(last + timedelta(days=1))


@given(moments, moments)
def test_who_asks_later_is_told_of_nobody_earlier(one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    assert consulters_since(earlier) <= consulters_since(later)
