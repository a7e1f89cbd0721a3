"""Joins the use cases of vehicles to their stores, once per process; each function opens only what it uses."""

from __future__ import annotations

import uuid
from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import CLOCK
from lastro.vehicles.catalogue.store import CatalogueStore
from lastro.vehicles.catalogue.usecases import Models
from lastro.vehicles.stock.store import StockStore
from lastro.vehicles.stock.usecases import Stock

if TYPE_CHECKING:
    from lastro.vehicles.catalogue.loading import Loading
    from lastro.vehicles.prices.usecases import Prices
    from lastro.vehicles.service import Showroom


@cache
def open_models() -> Models:
    """Reading the catalogue."""
    return Models(CatalogueStore(Table()))


@cache
def open_stock() -> Stock:
    """Stores' vehicles."""
    table = Table()
    return Stock(StockStore(table), CatalogueStore(table), CLOCK)


@cache
def open_showroom() -> Showroom:
    """What stores sell, for other contexts."""
    from lastro.vehicles.service import Showroom

    table = Table()
    return Showroom(StockStore(table), CatalogueStore(table))


@cache
def open_prices() -> Prices:
    """Stores' prices of models."""
    from lastro.vehicles.prices.store import PriceStore
    from lastro.vehicles.prices.usecases import Prices

    table = Table()
    return Prices(PriceStore(table), CatalogueStore(table), CLOCK)


def open_loading() -> Loading:
    """Loading tables; who reads models does not read the reader of tables."""
    from lastro.vehicles.catalogue.loading import Loading

    return Loading(CatalogueStore(Table()), CLOCK, lambda: str(uuid.uuid4()))
