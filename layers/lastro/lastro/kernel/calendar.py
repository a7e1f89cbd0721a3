"""Time as a parameter: the clock, the day in São Paulo, and due dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol, overload
from zoneinfo import ZoneInfo

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


class Clock(Protocol):
    """Where the present comes from."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock, in whole milliseconds: a moment that is kept and read again stays the same."""

    def now(self) -> datetime:
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)


CLOCK: Clock = SystemClock()
"""The one clock of a process: wirings hand it to use cases, and nothing else reads the time."""


@overload
def format_moment(moment: datetime) -> str: ...


@overload
def format_moment(moment: None) -> None: ...


@overload
def format_moment(moment: datetime | None) -> str | None: ...


def format_moment(moment: datetime | None) -> str | None:
    """UTC with milliseconds and ``Z``, as every timestamp on the wire and in the table; ``None`` stays ``None``."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@overload
def read_moment(text: str) -> datetime: ...


@overload
def read_moment(text: None) -> None: ...


@overload
def read_moment(text: str | None) -> datetime | None: ...


def read_moment(text: str | None) -> datetime | None:
    """The inverse of :func:`format_moment`. Raises ``ValueError`` for anything but an ISO 8601 moment with its zone."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment


def local_date(moment: datetime) -> date:
    """The calendar day of ``moment`` in São Paulo. Raises ``ValueError`` for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(SAO_PAULO).date()


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later (earlier when negative), clipped to that month's last day.

    Raises ``ValueError`` outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError("the date falls outside the years 1 to 9999")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_of_day(day: date) -> datetime:
    """The aware moment at which a calendar day begins in São Paulo."""
    return datetime.combine(day, time.min, SAO_PAULO)


def end_of_day(day: date) -> datetime:
    """The last millisecond of a calendar day in São Paulo, aware."""
    return start_of_day(day + timedelta(days=1)) - timedelta(milliseconds=1)


def is_past(valid_until: datetime, now: datetime) -> bool:
    """Whether what is valid until a moment no longer is: it is until the end of the day it is printed as."""
    return local_date(now) > local_date(valid_until)


@lru_cache(maxsize=256)
def monthly_due_dates(first: date, count: int) -> tuple[date, ...]:
    """``count`` monthly due dates from ``first`` on, each anchored on the first one's day of the month.

    31 January gives 28 February and then 31 March: one short month does not move the later ones.
    Raises ``ValueError`` when ``count`` is below 1.
    """
    if count < 1:
        raise ValueError("at least one due date is needed")
    return tuple(add_months(first, months) for months in range(count))
