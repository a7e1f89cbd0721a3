"""What the contract use cases ask of other parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from lastro.origination.contracts.model import ContractData, ProductClauses
    from lastro.origination.products.model import Product

DrawContract = Callable[["ContractData"], bytes]
"""The unsigned PDF of a contract; the same data give the same bytes."""


class ProductSource(Protocol):
    """Products, switched-off ones too."""

    def find(self, partner_id: str, product_id: int) -> Product | None:
        """The product as it is now, ``None`` when unknown or another partner's."""
        ...

    def find_version(self, partner_id: str, product_id: int, version: int) -> Product | None:
        """The product as it was in one of its versions: what a credit that was proposed then is bound to."""
        ...


class ClauseShelf(Protocol):
    """The clauses partners add to their products' contracts; reads are consistent."""

    def find(self, partner_id: str, product_id: int) -> ProductClauses:
        """The clauses as they are now; version 0 without any when none were written."""
        ...

    def find_at(self, partner_id: str, product_id: int, moment: str) -> ProductClauses:
        """The clauses as they were at an ISO moment."""
        ...

    def replace(self, clauses: ProductClauses) -> bool:
        """Keep the next version. False when somebody else wrote meanwhile."""
        ...


class ContractArchive(Protocol):
    """Where PDFs lie: private, encrypted, written once."""

    def put_once(self, name: str, content: bytes) -> None:
        """Store a file under a name that tells its content's checksum; a file that is there already stays.

        Raises ``Retryable`` when the place cannot be reached.
        """
        ...

    def get(self, name: str) -> bytes:
        """Raises ``Retryable`` when the place cannot be reached and ``Permanent`` when there is no such file."""
        ...
