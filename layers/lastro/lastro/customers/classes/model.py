"""Classes of customers: the first whose condition holds, or the one that a person set. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from lastro.customers.classes.conditions import Condition, holds
from lastro.kernel.dataclass import dataclass

SETTLING = timedelta(minutes=2)
"""Longer than any request lives: who read criteria before they changed has written its customer by then, or never."""


class ClassifiedBy(StrEnum):
    """What put a customer into its class."""

    CONDITION = "condition"
    OVERRIDE = "override"


class ClassEvent(StrEnum):
    """What changed a classification."""

    EVALUATED = "evaluated"
    OVERRIDDEN = "overridden"
    REVOKED = "revoked"


@dataclass(frozen=True)
class CustomerClass:
    """A class that a manager defined; of several whose conditions hold the first in order counts."""

    id: int
    name: str
    condition: Condition


@dataclass(frozen=True)
class Walk:
    """How far customers were evaluated anew: behind which place, and how many so far.

    ``closing``: all were, and those that were registered while the criteria changed are looked at once more.
    """

    after: str = ""
    evaluated: int = 0
    closing: bool = False
    finished_at: datetime | None = None


@dataclass(frozen=True)
class Criteria:
    """A partner's classes in their order. Version 0: none were ever defined."""

    partner_id: str
    version: int = 0
    classes: tuple[CustomerClass, ...] = ()
    updated_at: datetime | None = None
    walk: Walk | None = None

    def find(self, class_id: int | None) -> CustomerClass | None:
        return next((each for each in self.classes if each.id == class_id), None)


@dataclass(frozen=True)
class Override:
    """A class set by a person, with the reason; it stands until it is revoked, whatever the data say."""

    class_id: int
    reason: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True)
class Classification:
    """The class of a customer and what put it there."""

    class_id: int
    by: ClassifiedBy


@dataclass(frozen=True)
class ClassChange:
    """One change of a classification: with which version of the customer, when, and to what.

    ``criteria_version`` are the classes that counted; ``person`` and ``reason`` are of what a person did.
    """

    version: int
    at: datetime
    event: ClassEvent
    found: Classification | None
    criteria_version: int
    person: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Standing:
    """How a customer is classified: by which version of the criteria, what a person set, and the last change."""

    found: Classification | None = None
    criteria_version: int = 0
    override: Override | None = None
    change: ClassChange | None = None


NEVER_CLASSIFIED = Standing()


def classify(
    classes: Sequence[CustomerClass], data: Mapping[str, Any], override: Override | None
) -> Classification | None:
    """The class of a customer by its data and override alone; ``None`` where no condition holds.

    An override of a class that is no longer defined counts for nothing.
    """
    if override is not None and any(each.id == override.class_id for each in classes):
        return Classification(override.class_id, ClassifiedBy.OVERRIDE)
    for each in classes:
        if holds(each.condition, data):
            return Classification(each.id, ClassifiedBy.CONDITION)
    return None


def evaluate(
    standing: Standing, criteria: Criteria, data: Mapping[str, Any], version: int, moment: datetime
) -> Standing:
    """The standing of a customer whose ``version`` is made at a moment, by its data and the criteria as they are."""
    found = classify(criteria.classes, data, standing.override)
    change = standing.change
    if found != standing.found:
        change = ClassChange(version, moment, ClassEvent.EVALUATED, found, criteria.version)
    return replace(standing, found=found, criteria_version=criteria.version, change=change)


def set_override(override: Override, criteria: Criteria, data: Mapping[str, Any], version: int) -> Standing:
    """The standing after a person set a class, by which the customer's ``version`` is made."""
    found = classify(criteria.classes, data, override)
    change = ClassChange(
        version,
        override.set_at,
        ClassEvent.OVERRIDDEN,
        found,
        criteria.version,
        override.set_by,
        override.reason,
    )
    return Standing(found, criteria.version, override, change)


def revoke_override(criteria: Criteria, data: Mapping[str, Any], change: ClassChange) -> Standing:
    """The standing after a person revoked what was set; ``change`` says who and why."""
    found = classify(criteria.classes, data, None)
    return Standing(found, criteria.version, None, replace(change, found=found))
