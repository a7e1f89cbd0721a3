"""Who may approve a sale, in which order they are asked, and how far each may go. Pure.

Source: docs/sources.md, limits of who approves; docs/decisions/0023-approvals.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from lastro.kernel.dataclass import dataclass
from lastro.kernel.texts.names import same_person

MOST_AUTHORITIES = 200
"""Of one partner; all of them are read in one query."""
WHOLE = Decimal(100)
MOST_LOTS = 10_000


class Limit(StrEnum):
    """What a limit is of."""

    VALUE = "maximum_cents"
    LOTS = "maximum_lots"
    OWED = "maximum_owed_cents"
    SCORE = "minimum_score"
    PERCENT = "minimum_percent"
    REPORT = "without_bureau_report"


@dataclass(frozen=True)
class Limits:
    """How far somebody may go, every bound inclusive; ``None``: no such bound.

    ``minimum_percent`` is how much of what the rule asks a flow has to meet. Without a bureau's report nothing is
    approved but by who may do ``without_bureau_report``: for them a minimum score holds only where there is a report.
    """

    maximum_cents: int | None = None
    maximum_lots: int | None = None
    maximum_owed_cents: int | None = None
    minimum_score: int | None = None
    minimum_percent: Decimal = WHOLE
    without_bureau_report: bool = False


@dataclass(frozen=True)
class Score:
    """What a bureau said of the customer: ``value`` is ``None`` in a report without a score."""

    inquiry_id: str
    value: int | None


@dataclass(frozen=True)
class Stakes:
    """What limits are held against.

    ``value_cents`` is the total price, or what the payments come to where that is more: a price told too low passes no
    limit. ``owed_cents`` is ``None`` where it is not told, ``score`` without a report.
    """

    value_cents: int
    lots: int
    owed_cents: int | None
    met_percent: Decimal
    score: Score | None


@dataclass(frozen=True)
class Authority:
    """One who may approve, as the partner names them. The higher the rank, the later they are asked.

    ``key`` is what the row lies under, empty for one that is not kept yet.
    """

    name: str
    rank: int
    limits: Limits
    updated_at: datetime
    enabled: bool = True
    version: int = 1
    key: str = field(default="", compare=False)


def find_exceeded(limits: Limits, stakes: Stakes) -> tuple[Limit, ...]:
    """The limits that do not reach. What is not told lies beyond every bound of it."""
    return tuple(_exceeded(limits, stakes))


def _exceeded(limits: Limits, stakes: Stakes) -> Iterator[Limit]:
    if limits.maximum_cents is not None and stakes.value_cents > limits.maximum_cents:
        yield Limit.VALUE
    if limits.maximum_lots is not None and stakes.lots > limits.maximum_lots:
        yield Limit.LOTS
    owed = stakes.owed_cents
    if limits.maximum_owed_cents is not None and (owed is None or owed > limits.maximum_owed_cents):
        yield Limit.OWED
    if stakes.met_percent < limits.minimum_percent:
        yield Limit.PERCENT
    if stakes.score is None:
        if not limits.without_bureau_report:
            yield Limit.REPORT
    elif limits.minimum_score is not None and (stakes.score.value or 0) < limits.minimum_score:
        yield Limit.SCORE


def next_rank(authorities: Iterable[Authority], stakes: Stakes, left_out: Collection[str], least: int) -> int | None:
    """The rank that is asked: the lowest from ``least`` on at which somebody may approve this, else the highest.

    Who is ``left_out`` (the requester, who handed it up) is never asked. ``None`` when nobody else stands that high.
    """
    others = [
        one
        for one in authorities
        if one.enabled and one.rank >= least and not any(same_person(one.name, name) for name in left_out)
    ]
    able = [one.rank for one in others if not find_exceeded(one.limits, stakes)]
    return min(able) if able else max((one.rank for one in others), default=None)


def find_ranks_shown(authority: Authority, authorities: Iterable[Authority]) -> frozenset[int]:
    """The ranks whose reservations an authority is shown: its own, and those below it that nobody enabled has."""
    manned = {one.rank for one in authorities if one.enabled}
    return frozenset({authority.rank, *range(1, authority.rank)} - (manned - {authority.rank}))
