"""Joins endorsements to the table, the products and the queues, once per process."""

from __future__ import annotations

from functools import cache

from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import CLOCK
from lastro.origination.endorsements.model import Holder
from lastro.origination.endorsements.usecases import Endorsements
from lastro.origination.errors import PRODUCT_GONE
from lastro.origination.processes.model import Credit
from lastro.origination.products.store import ProductStore
from lastro.origination.wiring import open_dispatch, open_store


@cache
def open_endorsements() -> Endorsements:
    """Endorsing and reading chains."""
    return Endorsements(open_store(), _issuer_of, open_dispatch(), CLOCK)


def _issuer_of(credit: Credit) -> Holder:
    """The issuer as the product named it when the credit was proposed: whose CCB it is."""
    product = ProductStore(Table()).find_version(credit.partner_id, credit.product_id, credit.product_version)
    if product is None:
        raise PRODUCT_GONE()
    return Holder(product.issuer.name, product.issuer.cnpj)
