"""What the analysis asks of other parts: products, and a bureau's data about people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from lastro.kernel.documents import Cpf
from lastro.origination.analysis.checks import PersonalFacts
from lastro.origination.products.model import Product


class ProductSource(Protocol):
    """The partner's products; the catalogue of ``products/`` is one."""

    def find_product(self, partner_id: str, product_id: int) -> Product | None:
        """A product of this partner, active or not."""
        ...


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A question about a borrower. The same ``key`` is the same question, which is paid once.

    ``requested_by`` proposed the credit; ``branch_id`` names the branch whose integration asks, ``None`` the only one;
    ``report`` what is asked for, ``None`` the integration's first.
    """

    key: str
    partner_id: str
    cpf: Cpf
    process_id: str
    requested_by: str
    branch_id: int | None
    report: str | None


class ExternalData(Protocol):
    """A contracted source of data about people."""

    async def inquire(self, request: DataRequest) -> PersonalFacts | None:
        """What the source knows, ``None`` when it does not know the person.

        Raises ``Retryable`` when it cannot answer now and ``Permanent`` when it will not; the code says why.
        """
        ...
