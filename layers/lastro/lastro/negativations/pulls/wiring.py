"""Joins the comparison with the bureaus' records to its adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK
from lastro.negativations.listings.wiring import open_bureau
from lastro.negativations.wiring import open_listing_store, open_parameters_store, open_table, wait_for

if TYPE_CHECKING:
    from lastro.negativations.pulls.reconciling import Reconciliation


@cache
def open_reconciliation() -> Reconciliation:
    from lastro.bureaus.wiring import open_access, open_listing_branches
    from lastro.negativations.pulls.reconciling import Reconciliation
    from lastro.negativations.pulls.store import PullStore

    return Reconciliation(
        open_listing_store(),
        PullStore(open_table()),
        open_listing_branches(),
        open_access(),
        open_bureau,
        wait_for,
        open_parameters_store().place_of,
        CLOCK,
    )
