"""One day: a date, or a moment with its zone turned into the day it is in São Paulo. Anything else is refused.

A date with the midnight of no zone (``2026-11-30T00:00:00``) is how several platforms write a date and is read as one;
any other time without a zone could be two days and is refused. So is the midnight of a zone in which it is another day
(``2026-11-30T00:00:00Z``): platforms write a date so too, and a day less is another birth and another due date.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.kernel.calendar import CLOCK, local_date
from lastro.wire.rule import Rule

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)

_DATE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_DAY = re.compile(_DATE + r"(?:[Tt ]00:00(?::00(?:[.]0{1,9})?)?)?")
_MOMENT = re.compile(_DATE + r"[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:?[0-9]{2})")
_MIDNIGHT = re.compile(_DATE + r"[Tt ]00:00(?::00)?(?:[.]0{1,9})?(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})")
_NAIVE = re.compile(_DATE + r"[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?")

PATTERN = (
    "^((19|20)[0-9]{2}|2100)-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$"
    "|^(19|20)([02468][048]|[13579][26])-02-29$"
)
"""The days of 1900 to 2100 as ISO 8601 writes them."""


def read_day(value: Any) -> date:
    """The day that ``value`` names. Raises ``PydanticCustomError``."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = value.strip() if isinstance(value, str) else ""
    try:
        if plain := _DAY.fullmatch(text):
            return date.fromisoformat(plain[1])
        if moment := _MOMENT.fullmatch(text):
            zone = "+00:00" if moment[3] in "Zz" else moment[3]
            day = local_date(datetime.fromisoformat(f"{moment[1]}T{moment[2]}{zone}"))
            if day.isoformat() == moment[1] or not _MIDNIGHT.fullmatch(text):
                return day
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError("date", "Envie um dia que exista no calendário.") from error
    if _MIDNIGHT.fullmatch(text):
        raise PydanticCustomError(
            "day_of_two_zones", "Envie só o dia (AAAA-MM-DD): meia-noite nesse fuso é outro dia em São Paulo."
        )
    if _NAIVE.fullmatch(text):
        raise PydanticCustomError(
            "day_without_zone",
            "Envie só o dia (AAAA-MM-DD), ou a hora com o fuso (Z ou -03:00): sem fuso há dois dias.",
        )
    raise PydanticCustomError("date", "Envie um dia como AAAA-MM-DD.")


class Days(Rule):
    """A day from ``first`` to ``last``; ``past`` ends it at today in São Paulo."""

    def __init__(self, first: date = FIRST_DAY, last: date = LAST_DAY, *, past: bool = False) -> None:
        self.first = first
        self.last = last
        self.past = past

    def read(self, value: Any) -> date:
        day = read_day(value)
        if not self.first <= day <= self.last:
            bounds = {"first": self.first.isoformat(), "last": self.last.isoformat()}
            raise PydanticCustomError("date_range", "Envie um dia de {first} a {last}.", bounds)
        if self.past and day > local_date(CLOCK.now()):
            raise PydanticCustomError("date_in_future", "Envie um dia que já passou: este está no futuro.")
        return day

    def describe(self) -> dict[str, Any]:
        bound = ", até hoje" if self.past else ""
        return {
            "type": "string",
            "format": "date",
            "pattern": PATTERN,
            "description": f"AAAA-MM-DD{bound}; um instante com fuso vale pelo dia em São Paulo; "
            "a meia-noite que lá é outro dia é recusada",
            "examples": ["1990-05-17" if self.past else "2026-11-30"],
        }


class DaysAlone(Days):
    """A day that a paper names: whatever has an hour is refused, for its day is another one in another zone."""

    def read(self, value: Any) -> date:
        text = value.strip() if isinstance(value, str) else ""
        if _MOMENT.fullmatch(text) or _NAIVE.fullmatch(text):
            raise PydanticCustomError("day_alone", "Envie só o dia (AAAA-MM-DD), como está no documento.")
        return super().read(value)

    def describe(self) -> dict[str, Any]:
        bound = ", até hoje" if self.past else ""
        return {**super().describe(), "description": f"AAAA-MM-DD{bound}; um instante é recusado"}


Day = Annotated[date, Days()]
"""A day of the years 1900 to 2100."""

PastDay = Annotated[date, Days(past=True)]
"""A day from 1900 to today in São Paulo: a birth, the issue of a document."""

PastDayAlone = Annotated[date, DaysAlone(past=True)]
"""As ``PastDay``, never as a moment: the date of an order, as it stands on it."""

AnyDay = Annotated[date, Days(date.min, date.max)]
"""A day of any year, to search by."""

_WRITTEN_PATTERN = (
    "^((0[1-9]|1[0-9]|2[0-8])/(0[1-9]|1[0-2])|(29|30)/(0[13-9]|1[0-2])|31/(0[13578]|1[02]))/(19[0-9]{2}|20[01][0-9])$"
)
_WRITTEN_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")


class WrittenDays(Days):
    """A day as it is written in Brazil, DD/MM/YYYY; ISO 8601 is read too, since the two look unlike each other."""

    def read(self, value: Any) -> date:
        written = _WRITTEN_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
        return super().read(f"{written[3]}-{written[2]}-{written[1]}" if written else value)

    def describe(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": _WRITTEN_PATTERN,
            "description": "DD/MM/AAAA, até hoje; AAAA-MM-DD também é lido",
            "examples": ["17/05/1990"],
        }


WrittenPastDay = Annotated[date, WrittenDays(past=True)]
"""As ``PastDay``, written DD/MM/YYYY."""
