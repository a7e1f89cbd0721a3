"""Days on which Brazilian banks work: national holidays and the banks' own days off.

Source: Resolução CMN 4.880/2020 (no business days: Saturdays, Sundays, national holidays, Monday and Tuesday of
Carnival, Corpus Christi) with the holidays of Lei 662/1949 and Lei 10.607/2002, Lei 6.802/1980 (12 October), Lei
9.093/1995 (Good Friday) and, from 2024 on, Lei 14.759/2023 (20 November); ANBIMA publishes the same days as a list.
Municipal and state holidays and days without service to the public (Ash Wednesday's morning, the year's last day) are
business days.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from lastro.kernel.calendar import monthly_due_dates

_FIXED = ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25))
_BLACK_AWARENESS = (11, 20)
_BLACK_AWARENESS_SINCE = 2024
# Days from Easter.
_GOOD_FRIDAY = -2
_BANKS_ALONE = (-48, -47, 60)
"""Monday and Tuesday of Carnival, Corpus Christi: no national holidays, but banks do not work."""
_SATURDAY = 5
_DAY = timedelta(days=1)


class DueDayRule(StrEnum):
    """What becomes of a due date on which banks do not work."""

    SAME_DAY = "same_day"
    NEXT_BUSINESS_DAY = "next_business_day"


def due_dates_by(rule: DueDayRule, first: date, count: int) -> tuple[date, ...]:
    """``count`` monthly due dates anchored on the day of ``first``, each moved on by itself where the rule says so.

    Raises ``ValueError`` when ``count`` is below 1.
    """
    days = monthly_due_dates(first, count)
    return days if rule is DueDayRule.SAME_DAY else tuple(map(business_day_from, days))


def easter_of(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, unleaped = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quads, ones = divmod(rest, 4)
    weekday = (32 + 2 * unleaped + 2 * quads - epact - ones) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def national_holidays(year: int) -> frozenset[date]:
    """The holidays of the whole country in ``year``: what everybody else does not work on, banks or not."""
    fixed = _FIXED if year < _BLACK_AWARENESS_SINCE else (*_FIXED, _BLACK_AWARENESS)
    good_friday = easter_of(year) + timedelta(days=_GOOD_FRIDAY)
    return frozenset([*(date(year, month, day) for month, day in fixed), good_friday])


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The days of ``year`` on which banks do not work, weekends apart."""
    easter = easter_of(year)
    return national_holidays(year) | {easter + timedelta(days=days) for days in _BANKS_ALONE}


def is_business_day(day: date) -> bool:
    """Whether banks work on ``day``."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def business_day_from(day: date) -> date:
    """``day`` itself when banks work on it, else the next day on which they do."""
    while not is_business_day(day):
        day += _DAY
    return day
