"""Joins what a person says of arrivals to its adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK
from lastro.negativations.wiring import open_listing_store, open_parameters_store, open_table

if TYPE_CHECKING:
    from lastro.negativations.arrivals.resolving import Arrivals, Resolving


@cache
def open_arrivals() -> Arrivals:
    from lastro.negativations.arrivals.resolving import Arrivals
    from lastro.negativations.arrivals.store import ArrivalStore

    return Arrivals(ArrivalStore(open_table()))


@cache
def open_resolving() -> Resolving:
    from lastro.negativations.arrivals.resolving import Resolving
    from lastro.negativations.arrivals.store import ArrivalStore
    from lastro.negativations.listings.wiring import open_listings_queue

    return Resolving(
        ArrivalStore(open_table()), open_listing_store(), open_listings_queue(), CLOCK, open_parameters_store().place_of
    )
