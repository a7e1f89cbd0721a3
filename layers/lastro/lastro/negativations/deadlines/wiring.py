"""Joins the deadlines of debts to their stores, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK
from lastro.negativations.listings.wiring import open_removal_reasons
from lastro.negativations.wiring import open_listing_store, open_parameters_store, open_table

if TYPE_CHECKING:
    from lastro.negativations.deadlines.reading import DeadlineReading
    from lastro.negativations.deadlines.store import DeadlineStore
    from lastro.negativations.deadlines.watching import DeadlineWatch


@cache
def _deadlines() -> DeadlineStore:
    from lastro.negativations.deadlines.store import DeadlineStore

    return DeadlineStore(open_table())


@cache
def open_deadlines() -> DeadlineReading:
    from lastro.negativations.deadlines.reading import DeadlineReading

    return DeadlineReading(_deadlines(), open_listing_store(), CLOCK)


@cache
def open_deadline_watch() -> DeadlineWatch:
    from lastro.negativations.deadlines.watching import DeadlineWatch

    return DeadlineWatch(
        _deadlines(), open_listing_store(), open_removal_reasons().reason_for, open_parameters_store().place_of, CLOCK
    )
