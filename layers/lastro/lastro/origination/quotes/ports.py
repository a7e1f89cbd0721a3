"""What the simulations ask of the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from lastro.kernel.attempt import Attempt
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

    def find_answer(self, attempt: Attempt | None, now: datetime) -> tuple[str | None, Any]:
        """The first answer to the same attempt and the trace its record leaves.

        Raises ``Conflict`` when the attempt's key came with another request.
        """
        ...

    def put_offer(self, offer: Offer, attempt: Attempt | None, answer: str, trace: Any, now: datetime) -> bool:
        """Keep an offer. False when the same attempt was first."""
        ...
