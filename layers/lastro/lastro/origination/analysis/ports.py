"""What the analysis asks of other parts: products, and external data about people."""

from __future__ import annotations

from typing import Protocol

from lastro.documents import Cpf
from lastro.origination.analysis.checks import PersonalFacts
from lastro.origination.products.model import Product


class ProductSource(Protocol):
    """The partner's products; the catalogue of ``products/`` is one."""

    def find_product(self, partner_id: str, product_id: int) -> Product | None:
        """A product of this partner, active or not."""
        ...


class ExternalData(Protocol):
    """A contracted source of data about people."""

    async def inquire(self, partner_id: str, key: str, cpf: Cpf) -> PersonalFacts | None:
        """What the source knows, ``None`` when it does not know the person. The same ``key`` is the same inquiry.

        Raises ``Retryable`` when it cannot be asked now and ``Permanent`` when it answered something unreadable.
        """
        ...
