"""The partner's products and kept offers as the rest of origination sees them."""

from __future__ import annotations

from lastro.origination.products.model import Product
from lastro.origination.products.store import ProductStore
from lastro.origination.products.words import ProductType
from lastro.origination.quotes.model import KeptOffer
from lastro.origination.quotes.store import OfferStore


class Catalogue:
    """The partner's products and kept offers."""

    def __init__(self, products: ProductStore, offers: OfferStore) -> None:
        self._products = products
        self._offers = offers

    def find(self, partner_id: str, product_id: int) -> Product | None:
        """An active product of this partner; ``quote`` refuses one that is not of type CAAS."""
        found = self._products.find(partner_id, product_id)
        return found if found and found.active else None

    def find_only(self, partner_id: str) -> list[Product]:
        """The partner's active products of type CAAS, at most two of them."""
        return self._products.find_active(partner_id, ProductType.CAAS, limit=2)

    def find_version(self, partner_id: str, product_id: int, version: int) -> Product | None:
        """A product as it was, switched off since or not."""
        return self._products.find_version(partner_id, product_id, version)

    def find_product(self, partner_id: str, product_id: int) -> Product | None:
        """A product of this partner, active or not: eligibility, issuer, late payment, contract template."""
        return self._products.find(partner_id, product_id)

    def find_offer(self, partner_id: str, offer_id: str) -> KeptOffer | None:
        """An offer of this partner, lapsed or not."""
        return self._offers.find_offer(partner_id, offer_id)
