"""The log of what people changed of their registration: before and after, by field. Pure.

Source: docs/sources.md, customers' portal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from lastro.customers.portal.registration.model import Registration, RegistrationField
from lastro.kernel.calendar import add_months, local_date
from lastro.kernel.dataclass import dataclass

MASK = "***"
_LAST_SHOWN = 4


class Way(StrEnum):
    """Where a person changed its data: in the form that it was asked to fill, or in its own data."""

    FORM = "form"
    OWN_DATA = "own_data"


class Period(StrEnum):
    """The days that the report is of."""

    CURRENT_MONTH = "current_month"
    PREVIOUS_MONTH = "previous_month"
    CUSTOM = "custom"


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as texts; ``None`` where it was or became empty."""

    field: RegistrationField
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Change:
    """What one person changed at once. ``name`` is its name after the change."""

    id: str
    person_id: str
    name: str
    way: Way
    at: datetime
    fields: tuple[FieldChange, ...]

    @property
    def month(self) -> str:
        """The month in São Paulo, ``YYYY-MM``."""
        return month_of(local_date(self.at))


def compare(before: Registration, after: Registration) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the form."""
    changes = (FieldChange(name, before.value(name), after.value(name)) for name in RegistrationField)
    return tuple(change for change in changes if change.before != change.after)


def days_of(period: Period, today: date) -> tuple[date, date]:
    """First and last day of a month's period. Raises ``ValueError`` for the custom one, which brings its own."""
    if period is Period.CUSTOM:
        raise ValueError("a custom period has its own days")
    first = today.replace(day=1)
    if period is Period.PREVIOUS_MONTH:
        first = add_months(first, -1)
    return first, add_months(first, 1) - timedelta(days=1)


def months_back(first: date, last: date) -> Iterator[str]:
    """The months from that of ``last`` back to that of ``first``, ``YYYY-MM``."""
    month, earliest = last.replace(day=1), first.replace(day=1)
    while month >= earliest:
        yield month_of(month)
        month = add_months(month, -1)


def month_of(day: date) -> str:
    """``YYYY-MM``."""
    return f"{day:%Y-%m}"


def mask(name: RegistrationField, value: str | None) -> str | None:
    """A value for who may know that it changed and not what it is; what is empty stays so."""
    if value is None:
        return None
    match name:
        case RegistrationField.NAME:
            return mask_name(value)
        case RegistrationField.EMAIL:
            return f"{MASK}@{value.rpartition('@')[2]}"
        case RegistrationField.MOBILE:
            return f"{MASK}{value[-_LAST_SHOWN:]}"
        case _:
            return MASK


def mask_name(name: str) -> str:
    """The initials of a name."""
    return " ".join(f"{part[0]}." for part in name.split())
