"""Joins the simulations to the table, once per process."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

from lastro.aws.table import Table
from lastro.calendar import SystemClock
from lastro.origination.products.store import ProductStore
from lastro.origination.simulations.service import CreditSimulations
from lastro.origination.simulations.store import OfferStore


@cache
def open_simulations() -> CreditSimulations:
    """Both simulations."""
    table = Table()
    return CreditSimulations(ProductStore(table), OfferStore(table), SystemClock(), uuid4)
