"""What a person of the portal confirms of itself every so many days, and when it is asked to. Pure.

Source: docs/sources.md, customers' portal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum

from lastro.kernel.calendar import local_date
from lastro.kernel.dataclass import dataclass

MOST_DAYS = 3660
"""Ten years: longer than any contract waits for news of its parties."""


class RegistrationField(StrEnum):
    """What the form may ask, by the names of the wire."""

    NAME = "name"
    RG = "rg"
    FAMILY_INCOME = "family_income_cents"
    MOBILE = "mobile"
    EMAIL = "email"
    ZIP_CODE = "zip_code"
    ADDRESS = "address"


class Showing(StrEnum):
    """What the manager wants of a field: kept off the form, on it, or filled."""

    HIDDEN = "hidden"
    SHOWN = "shown"
    REQUIRED = "required"


@dataclass(frozen=True)
class Registration:
    """What is known of a person. ``family_income_cents`` a month, ``mobile`` as ``+55…``, ``zip_code`` 8 digits."""

    name: str
    rg: str | None = None
    family_income_cents: int | None = None
    mobile: str | None = None
    email: str | None = None
    zip_code: str | None = None
    address: str | None = None

    def value(self, name: RegistrationField) -> str | None:
        """A field as text; cents as their digits."""
        value = getattr(self, name.value)
        return None if value is None else str(value)


@dataclass(frozen=True)
class Schedule:
    """How often a partner's customers confirm their registration. ``version`` 0: never set, nobody is asked."""

    enabled: bool = False
    every_days: int = MOST_DAYS
    fields: Mapping[RegistrationField, Showing] = field(
        default_factory=lambda: dict.fromkeys(RegistrationField, Showing.SHOWN)
    )
    version: int = 0
    updated_at: datetime | None = None

    def showing(self, name: RegistrationField) -> Showing:
        """A field that the manager said nothing of is shown."""
        return self.fields.get(name, Showing.SHOWN)

    @property
    def shown(self) -> tuple[RegistrationField, ...]:
        """The form, in its order."""
        return tuple(name for name in RegistrationField if self.showing(name) is not Showing.HIDDEN)

    @property
    def required(self) -> tuple[RegistrationField, ...]:
        return tuple(name for name in RegistrationField if self.showing(name) is Showing.REQUIRED)


NO_SCHEDULE = Schedule()


@dataclass(frozen=True)
class Standing:
    """How far a person is: when it last confirmed its registration, and the login in which it last put that off."""

    confirmed_at: datetime | None = None
    postponed_in: str | None = None
    postponements: int = 0


NOTHING_CONFIRMED = Standing()


def due_on(schedule: Schedule, standing: Standing) -> date | None:
    """The first day in São Paulo on which a person is asked again: the day it confirmed and ``every_days`` calendar
    days. ``None`` for one that never did: it is asked at its next login.
    """
    if standing.confirmed_at is None:
        return None
    return local_date(standing.confirmed_at) + timedelta(days=schedule.every_days)


def is_due(schedule: Schedule, standing: Standing, now: datetime) -> bool:
    """Whether a person has to confirm its registration, put off or not."""
    if not schedule.enabled:
        return False
    day = due_on(schedule, standing)
    return day is None or local_date(now) >= day


def is_confirmed(standing: Standing, now: datetime) -> bool:
    """Whether a person confirmed its registration today, in São Paulo."""
    return standing.confirmed_at is not None and local_date(standing.confirmed_at) == local_date(now)


def is_asked(schedule: Schedule, standing: Standing, login: str, now: datetime) -> bool:
    """Whether this login meets the form: what was put off in another login is asked again."""
    return is_due(schedule, standing, now) and standing.postponed_in != login


def find_missing(schedule: Schedule, sent: Registration) -> list[RegistrationField]:
    """Fields of the form that may not be empty and would be: those that it requires, and the name."""
    wanted = {*schedule.required, RegistrationField.NAME}
    return [name for name in schedule.shown if name in wanted and sent.value(name) is None]
