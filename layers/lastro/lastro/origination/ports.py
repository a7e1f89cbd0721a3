"""What origination's use cases ask of other parts: products, queues, a place for documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lastro.origination.processes.model import AskedCredit, Terms


class CreditProduct(Protocol):
    """A product a partner may propose. ``type`` is the wire's (``CAAS``)."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def version(self) -> int: ...

    @property
    def creditor(self) -> str:
        """Root of the CNPJ of the institution that lends."""
        ...

    @property
    def logo(self) -> str | None: ...

    @property
    def cad_value(self) -> int:
        """The registration fee in cents when none is asked for."""
        ...

    @property
    def required_documents(self) -> Sequence[str]:
        """Wire names of the documents a proposal owes (``SELF``, ``IDENTITY_FRONT``)."""
        ...

    def quote(self, asked: AskedCredit) -> Terms:
        """Terms for a natural person. Raises ``BusinessRefusal`` naming the bound that is not kept."""
        ...


@dataclass(frozen=True, slots=True)
class KeptOffer:
    """A simulation that was kept, with the version of the product it was priced by.

    ``tax_number`` is a bare CPF or CNPJ; ``created_at`` and ``valid_until`` are ISO moments.
    """

    id: str
    product_id: int
    product_version: int
    tax_number: str
    created_at: str
    valid_until: str
    terms: Terms


class ProductCatalog(Protocol):
    """The partner's products and kept offers; opened by ``products/wiring.py`` ``open_catalog()``."""

    def find(self, partner_id: str, product_id: int) -> CreditProduct | None:
        """An active product of this partner, ``None`` when unknown, foreign or switched off."""
        ...

    def find_only(self, partner_id: str) -> Sequence[CreditProduct]:
        """The partner's active products of type CAAS, at most two of them: which one is meant where none is named."""
        ...

    def find_version(self, partner_id: str, product_id: int, version: int) -> CreditProduct | None:
        """A product as it was, switched off since or not."""
        ...

    def find_offer(self, partner_id: str, offer_id: str) -> KeptOffer | None: ...


class MessageQueue(Protocol):
    """A queue of step messages."""

    def send(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        """Raises ``Retryable`` when the queue does not take them."""
        ...


class FileCabinet(Protocol):
    """Where documents go: private, encrypted, every version kept."""

    def put(self, name: str, content: bytes, media_type: str) -> str:
        """Store a file and return its version. Raises ``Retryable`` when the place cannot be reached."""
        ...

    def link(self, name: str) -> str:
        """An address at which its partner may fetch a file for fifteen minutes."""
        ...
