"""Scheduled runs: the day is the event's, or today in São Paulo, and is never guessed."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.aws.entrypoints.schedule import scheduled
from lastro.kernel.calendar import CLOCK, local_date

DAY = "2026-11-28"


def run(event: dict[str, Any]) -> list[date]:
    days: list[date] = []

    def note(business_date: date) -> dict[str, int]:
        days.append(business_date)
        return {}

    scheduled(note)(event, SimpleNamespace(function_name="sync"))
    return days


@pytest.mark.parametrize(
    "event",
    [
        {"business_date": DAY},
        {"detail": {"business_date": DAY}},
        {"detail": {"business_date": DAY}, "business_date": DAY},
        {"detail": None, "business_date": DAY},
    ],
)
def test_the_day_is_the_events(event: dict[str, Any]) -> None:
    assert run(event) == [date(2026, 11, 28)]


def test_without_a_day_it_is_today_in_sao_paulo() -> None:
    before = local_date(CLOCK.now())
    assert run({"detail": {}})[0] in (before, local_date(CLOCK.now()))


@pytest.mark.parametrize(
    "told", ["", "28/11/2026", "20261128", "2026-W48-6", "2026-11-31", "2026-11-28T23:00:00-03:00", 20261128, 0]
)
def test_a_day_that_can_be_read_in_two_ways_runs_nothing(told: object) -> None:
    for event in ({"business_date": told}, {"detail": {"business_date": told}}):
        with pytest.raises(ValueError, match=r"date|isoformat|day is out of range"):
            run(event)


def test_two_days_run_nothing() -> None:
    with pytest.raises(ValueError, match="two business dates"):
        run({"detail": {"business_date": DAY}, "business_date": "2026-11-27"})
