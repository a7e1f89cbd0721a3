"""Joins products and simulations to the table, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.origination.products.store import ProductStore

if TYPE_CHECKING:
    from lastro.bureaus.service import PartnerBranches
    from lastro.origination.products.catalogue import Catalogue
    from lastro.origination.products.reading import ProductReading
    from lastro.origination.products.usecases import Products


@cache
def open_products() -> Products:
    """Making and changing products."""
    from lastro.kernel.calendar import CLOCK
    from lastro.origination.products.usecases import Products

    return Products(ProductStore(Table()), _open_branches, CLOCK)


def _open_branches() -> PartnerBranches:
    from lastro.bureaus.wiring import open_partner_branches

    return open_partner_branches()


@cache
def open_reading() -> ProductReading:
    """Reading products."""
    from lastro.origination.products.reading import ProductReading

    return ProductReading(ProductStore(Table()))


@cache
def open_catalogue() -> Catalogue:
    """Products and kept offers for proposals, analysis and contracts."""
    from lastro.origination.products.catalogue import Catalogue
    from lastro.origination.quotes.store import OfferStore

    table = Table()
    return Catalogue(ProductStore(table), OfferStore(table))
