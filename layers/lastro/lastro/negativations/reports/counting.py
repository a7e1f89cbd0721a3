"""Figures of listings, added up over the keys of the partner's list. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from lastro.kernel.calendar import add_months
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.negativations.listings.entries import ListingEntry

MONTHS = 12


@dataclass()
class Figures:
    """``statuses`` and ``reasons`` count listings; months are ``YYYY-MM``, oldest first; ``amount`` in cents."""

    listings: int = 0
    amount: int = 0
    critical: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    inclusions: Counter[str] = field(default_factory=Counter)
    removals: Counter[str] = field(default_factory=Counter)

    def add(self, entry: ListingEntry) -> None:
        """Count a listing of the period."""
        self.listings += 1
        self.amount += entry.amount
        self.critical += entry.critical
        self.statuses[entry.status] += 1
        if entry.reason:
            self.reasons[entry.reason] += 1

    def add_days(self, entry: ListingEntry) -> None:
        """Count when a listing came up and went down, whenever it was asked for."""
        if entry.included_on:
            self.inclusions[entry.included_on[:7]] += 1
        if entry.removed_on:
            self.removals[entry.removed_on[:7]] += 1


def last_months(end: date) -> list[str]:
    """The twelve months up to that of ``end``, oldest first."""
    first = end.replace(day=1)
    return [f"{add_months(first, -back):%Y-%m}" for back in range(MONTHS - 1, -1, -1)]
