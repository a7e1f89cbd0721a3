"""Reading products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.origination.errors import PRODUCT_NOT_FOUND
from lastro.origination.products.reading_requests import GetProduct, ListProducts
from lastro.origination.products.views import ProductAnswer, ProductList, show_product

if TYPE_CHECKING:
    from lastro.origination.products.store import ProductStore


@dataclass(frozen=True)
class ProductReading:
    """A partner's products as the shelf holds them."""

    shelf: ProductStore

    def get(self, request: GetProduct, caller: Caller) -> ProductAnswer:
        """A product as it is, or as an earlier version was. Raises ``NotFound`` ``product_not_found``."""
        if request.version is None:
            found = self.shelf.find(caller.partner_id, request.product_id)
        else:
            found = self.shelf.find_version(caller.partner_id, request.product_id, request.version)
        if found is None:
            raise PRODUCT_NOT_FOUND(product=request.product_id)
        return ProductAnswer(data=show_product(found))

    def list(self, request: ListProducts, caller: Caller) -> ProductList:
        """A page of the caller's products in order of number."""
        found = self.shelf.list_after(caller.partner_id, request.after, request.per_page + 1)
        page = found[: request.per_page]
        more = page[-1].id if len(found) > len(page) else None
        return ProductList(data=[show_product(product) for product in page], next_after=more)
