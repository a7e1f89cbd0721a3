"""Numbers and days as origination's endpoints read them: a JSON number or the same as text (reference caas.md §3.5).

Inside they are cents, percentages and days. A fraction of a cent, a NaN, a boolean and a digit that is not ASCII are
refused; text may have spaces around it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9:.]{1,20}(Z|[+-][0-9]{2}:?[0-9]{2})?)?")
_LARGEST = 10**15
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)


def read_number(value: Any) -> Decimal:
    """A finite number of at most fifteen digits on each side of the dot. Raises ``PydanticCustomError``."""
    if isinstance(value, str):
        text = value.strip()
        if _NUMBER.fullmatch(text):
            return Decimal(text)
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST:
        # The shortest text of a double is what the sender wrote.
        return Decimal(repr(value))
    raise PydanticCustomError("number", "Send a number, or the same as text with a dot.")


def _read_cents(value: Any) -> int:
    cents = read_number(value).scaleb(2)
    if cents != cents.to_integral_value():
        raise PydanticCustomError("cents", "Send an amount in R$ with at most two decimals.")
    return int(cents)


def _read_percent(value: Any) -> Decimal:
    percent = read_number(value)
    if percent != round(percent, 6):
        raise PydanticCustomError("percent", "Send a percentage with at most six decimals.")
    return percent


def _read_whole(value: Any) -> int:
    number = read_number(value)
    if number != number.to_integral_value():
        raise PydanticCustomError("whole_number", "Send a whole number.")
    return int(number)


def _read_day(value: Any) -> date:
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        day = date.fromisoformat(match[1] if match else "")
    except ValueError as error:
        raise PydanticCustomError("date", "Send a day as YYYY-MM-DD.") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("date_range", "Send a day of the years 2000 to 2100.")
    return day


_NUMBER_OR_TEXT = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^ *-?[0-9]+([.][0-9]+)? *$"}]}

AskedReais = Annotated[int, BeforeValidator(_read_cents), WithJsonSchema(_NUMBER_OR_TEXT)]
"""R$ with at most two decimals, as cents: 10211.92 as 1021192."""

AskedPercent = Annotated[Decimal, BeforeValidator(_read_percent), WithJsonSchema(_NUMBER_OR_TEXT)]
"""A percentage with at most six decimals: 2.5 is 2.5 %."""

AskedWhole = Annotated[int, BeforeValidator(_read_whole), WithJsonSchema(_NUMBER_OR_TEXT)]
"""A whole number."""

AskedDay = Annotated[date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar day of the years 2000 to 2100, ``YYYY-MM-DD``; the time of a date and time is left out."""
