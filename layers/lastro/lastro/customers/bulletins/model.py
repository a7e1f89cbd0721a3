"""What a partner puts on the board of its customers' portal: whom it reaches, and on which days. Pure.

Source: docs/sources.md, customers' portal.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from enum import StrEnum

from lastro.customers.portal.people.model import Person, PersonKind, Unit
from lastro.kernel.dataclass import dataclass

MOST_NAMED = 40
"""Developments or units of one bulletin: with those it had before, a change of it stays one transaction."""
MOST_STANDING = 300
"""Bulletins for one audience that did not end yet: what somebody has to read of a board is bounded."""
LAST_DAY = date.max
"""Stands for an open end."""


class BulletinKind(StrEnum):
    """Whom a bulletin is for, by the word of the wire."""

    MISCELLANEOUS = "diversos"
    DEVELOPMENT = "empreendimento"
    UNIT = "unidade"
    GROUP = "grupo"


class BulletinState(StrEnum):
    """Where a bulletin is on a day."""

    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Everybody:
    """All who have access to the portal, with or without a unit."""

    kind = BulletinKind.MISCELLANEOUS


@dataclass(frozen=True)
class OfDevelopments:
    """Who has a unit in the queue of one of them."""

    names: tuple[str, ...]
    kind = BulletinKind.DEVELOPMENT


@dataclass(frozen=True)
class OfUnits:
    """Whose unit is one of them."""

    units: tuple[Unit, ...]
    kind = BulletinKind.UNIT


@dataclass(frozen=True)
class OfGroups:
    """Who is one of these to the partner."""

    groups: tuple[PersonKind, ...]
    kind = BulletinKind.GROUP


Audience = Everybody | OfDevelopments | OfUnits | OfGroups


@dataclass(frozen=True)
class Period:
    """Days in São Paulo, the first and the last among them; ``last`` ``None``: no end."""

    first: date
    last: date | None = None

    @property
    def until(self) -> date:
        return self.last or LAST_DAY

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.until


@dataclass(frozen=True)
class Bulletin:
    """One notice of the board. ``version`` counts its changes; what is withdrawn reaches nobody any more."""

    id: int
    audience: Audience
    title: str
    paragraphs: tuple[str, ...]
    period: Period
    created_at: datetime
    updated_at: datetime
    withdrawn_at: datetime | None = None
    version: int = 1

    def state(self, today: date) -> BulletinState:
        if self.withdrawn_at is not None:
            return BulletinState.WITHDRAWN
        if today < self.period.first:
            return BulletinState.SCHEDULED
        return BulletinState.PUBLISHED if self.period.holds(today) else BulletinState.ENDED

    def reaches(self, person: Person) -> bool:
        """Whether a person is of its audience, whatever the day."""
        return not set(topics_of(self.audience)).isdisjoint(topics_for(person))


@dataclass(frozen=True)
class Posting:
    """A bulletin's place among those of a topic that did not end: as much of it as counting and ordering take."""

    bulletin_id: int
    period: Period

    @property
    def place(self) -> str:
        """Where it stands in a person's list: by its first day, then by its number."""
        return f"{self.period.first.isoformat()}#{self.bulletin_id:012d}"


def topics_of(audience: Audience) -> tuple[str, ...]:
    """Names of what an audience is made of: who has one of them is reached. Capitals do not tell names apart."""
    match audience:
        case Everybody():
            found = [_ALL]
        case OfDevelopments(names):
            found = [_topic("DEVELOPMENT", name) for name in names]
        case OfUnits(units):
            found = [_topic("UNIT", unit.development, unit.name) for unit in units]
        case OfGroups(groups):
            found = [f"GROUP#{group.value}" for group in groups]
    return tuple(dict.fromkeys(found))


def topics_for(person: Person) -> tuple[str, ...]:
    """The topics that reach a person: everybody's, its group's, its developments' and its units'."""
    developments = [*person.developments, *(unit.development for unit in person.units)]
    found = [_ALL, f"GROUP#{person.kind.value}", *(_topic("DEVELOPMENT", name) for name in developments)]
    found += [_topic("UNIT", unit.development, unit.name) for unit in person.units]
    return tuple(dict.fromkeys(found))


_ALL = "ALL"


def _topic(kind: str, *names: str) -> str:
    digest = hashlib.sha256(json.dumps([name.casefold() for name in names]).encode()).hexdigest()[:32]
    return f"{kind}#{digest}"
