"""How a bank treats one call: the outcome, the advice it gives and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of a call. The first nine can be scripted; the others belong to published documents only."""

    APPROVED = "approved"
    REFUSED = "refused"
    PRE_APPROVAL_REFUSED = "pre_approval_refused"
    DESK = "desk"
    SUGGESTION_MATRIX_ERROR = "suggestion_matrix_error"
    UNSTABLE = "unstable"
    VALIDATION_ERROR = "validation_error"
    INVALID_CREDENTIALS = "invalid_credentials"
    TIMEOUT_AFTER_EFFECT = "timeout_after_effect"
    UNSTABLE_ONCE = "unstable_once"
    UNSUPPORTED_VEHICLE = "unsupported_vehicle"
    MISSING_DATA = "missing_data"


SCRIPTABLE = tuple(Outcome)[:9]


@dataclass(frozen=True, slots=True)
class Percent:
    """A down payment as a whole percentage of the good's value."""

    value: int


Advised = int | Percent | None
"""A down payment a bank states: cents, a share of the good's value, or none."""

DEFAULT_MINIMUM = Percent(10)
DEFAULT_IDEAL = Percent(20)


@dataclass(frozen=True, slots=True)
class Treatment:
    """One way to treat a call. A bank that never gives one kind of advice leaves it out whatever is said here."""

    outcome: Outcome = Outcome.APPROVED
    minimum: Advised = DEFAULT_MINIMUM
    ideal: Advised = DEFAULT_IDEAL
    delay_ms: int = 0


def in_cents(advised: Advised, asset_value: int) -> int | None:
    """The advised down payment for a good worth ``asset_value`` cents."""
    return asset_value * advised.value // 100 if isinstance(advised, Percent) else advised
