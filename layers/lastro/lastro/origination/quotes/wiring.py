"""Joins the simulations to the table, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.origination.products.store import ProductStore

if TYPE_CHECKING:
    from lastro.origination.quotes.legacy_service import LegacySimulations
    from lastro.origination.quotes.usecases import CreditSimulations


@cache
def open_simulations() -> CreditSimulations:
    """The CaaS simulation."""
    from uuid import uuid4

    from lastro.kernel.calendar import CLOCK
    from lastro.origination.processes.store import OriginationStore
    from lastro.origination.quotes.store import OfferStore
    from lastro.origination.quotes.usecases import CreditSimulations

    table = Table()
    return CreditSimulations(ProductStore(table), OfferStore(table), CLOCK, uuid4, OriginationStore(table))


@cache
def open_legacy_simulations() -> LegacySimulations:
    """The legacy simulation."""
    from lastro.origination.quotes.legacy_service import LegacySimulations

    return LegacySimulations(ProductStore(Table()))
