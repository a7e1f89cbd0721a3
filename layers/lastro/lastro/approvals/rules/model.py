"""A flow parameter: which part of a price must be scheduled in which months of a contract. Pure.

Source: docs/sources.md, approval rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from lastro.approvals.errors import CYCLE_ENDS_BEFORE_START, CYCLE_OVERLAPS, MAXIMUM_BELOW_MINIMUM
from lastro.approvals.rules.checks import NO_CHECKS, Checks
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError

MOST_CYCLES = 10
LAST_MONTH = 600
"""Fifty years after the signing: longer than any price table."""


@dataclass(frozen=True)
class Cycle:
    """Months ``start_month`` to ``end_month``, both inclusive, counted from the signing (month 0).

    Percentages are of the total price, both bounds inclusive. A ``cumulative`` cycle counts everything due from the
    signing to its end, any other what is due within it.
    """

    start_month: int
    end_month: int
    minimum_percent: Decimal
    maximum_percent: Decimal | None = None
    cumulative: bool = False


@dataclass(frozen=True)
class ApprovalRule:
    """One version of a partner's rule for a development and a price table. One to ten cycles, in order of months."""

    id: int
    name: str
    development: str
    price_table: str
    cycles: tuple[Cycle, ...]
    created_at: datetime
    updated_at: datetime
    version: int = 1
    checks: Checks = NO_CHECKS


def find_faults(cycles: Sequence[Cycle]) -> list[FieldError]:
    """What is wrong with cycles beside each other, each fault under its cycle (``cycles.0`` is the first)."""
    faults = []
    reached = -1
    for position, cycle in enumerate(cycles):
        path = f"cycles.{position}"
        if cycle.end_month < cycle.start_month:
            faults.append(CYCLE_ENDS_BEFORE_START.at(f"{path}.end_month", cycle=position + 1))
        if cycle.start_month <= reached:
            faults.append(CYCLE_OVERLAPS.at(f"{path}.start_month", cycle=position + 1, month=reached))
        if cycle.maximum_percent is not None and cycle.maximum_percent < cycle.minimum_percent:
            faults.append(MAXIMUM_BELOW_MINIMUM.at(f"{path}.maximum_percent", cycle=position + 1))
        reached = max(reached, cycle.end_month)
    return faults


def is_for_sale(rule: ApprovalRule, development: str, price_table: str) -> bool:
    """Whether a rule is for the sales of a development by a price table; capitals do not tell names apart."""
    names = ((rule.development, development), (rule.price_table, price_table))
    return all(one.casefold() == other.casefold() for one, other in names)


def adds_pre_registration(checks: Checks) -> bool:
    """Whether a part of the pre-registration's instalment counts."""
    phases = (checks.pre_keys, checks.post_keys)
    return any(phase is not None and phase.pre_registration_percent is not None for phase in phases)
