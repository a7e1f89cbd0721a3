"""What the simulations ask of the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lastro.kernel.attempt import Answered, Attempt
from lastro.origination.ports import KeptOffer
from lastro.origination.products.model import Product


@dataclass(frozen=True, slots=True)
class Offer:
    """A kept simulation with whose it is."""

    kept: KeptOffer
    partner_id: str


class ProductLookup(Protocol):
    """Where products are found."""

    def find(self, partner_id: str, product_id: int) -> Product | None:
        """The product as it is now, ``None`` when unknown or another partner's."""
        ...


class OfferBook(Protocol):
    """Where offers are kept."""

    def find_answer(self, attempt: Attempt | None, now: datetime) -> str | None:
        """The first answer to the same attempt.

        Raises ``Conflict`` when the attempt's key came with another request.
        """
        ...

    def put_offer(self, offer: Offer, answered: Answered | None) -> bool:
        """Keep an offer. False when the same attempt was first."""
        ...
