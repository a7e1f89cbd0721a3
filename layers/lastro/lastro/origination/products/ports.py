"""What the product use cases ask of the table and of the partner's branches."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from lastro.kernel.attempt import Answered, Attempt
from lastro.origination.products.model import Product


class ProductShelf(Protocol):
    """A partner's products; every read is consistent."""

    def reserve_id(self) -> int:
        """The next product number; numbers are never used twice, by no partner."""
        ...

    def find(self, partner_id: str, product_id: int) -> Product | None:
        """The product as it is now, ``None`` when unknown or another partner's."""
        ...

    def find_version(self, partner_id: str, product_id: int, version: int) -> Product | None:
        """The product as it was."""
        ...

    def list_after(self, partner_id: str, product_id: int, limit: int) -> list[Product]:
        """Up to ``limit`` products with a higher number, in order."""
        ...

    def find_answer(self, attempt: Attempt | None, now: datetime) -> str | None:
        """The first answer to the same attempt.

        Raises ``Conflict`` when the attempt's key came with another request.
        """
        ...

    def put_new(self, product: Product, answered: Answered | None) -> bool:
        """Keep a new product with its first version. False when the same attempt was first."""
        ...

    def replace(self, product: Product) -> bool:
        """Keep the next version of a product. False when somebody else changed it meanwhile."""
        ...


class BranchSource(Protocol):
    """The partner's branches, whose integrations ask the bureaus."""

    def has_branch(self, partner_id: str, branch_id: int) -> bool:
        """Whether the partner has this branch."""
        ...
