"""Classes of customers: the first whose condition holds, or the one that a person set. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lastro.customers.classes.conditions import Condition, holds


class ClassifiedBy(StrEnum):
    """What put a customer into its class."""

    CONDITION = "condition"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class CustomerClass:
    """A class that a manager defined; of several whose conditions hold the first in order counts."""

    id: int
    name: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Override:
    """A class set by a person, with the reason; it stands until it is revoked, whatever the data say."""

    class_id: int
    reason: str
    set_by: str
    set_at: str


@dataclass(frozen=True, slots=True)
class Classification:
    """The class of a customer and what put it there."""

    class_id: int
    by: ClassifiedBy


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
