"""What the context asks of a bureau: to list a debt, to take it down, and what it says of both.

A bureau acts at once (its answer is its word) or receives a request and tells later, by webhook or when it is asked.
Failures are those of the bureaus' context: ``BureauUnavailable`` (nothing was done), ``RefusedByBureau`` (the bureau's
explicit no), ``InquiryUnknown`` (it may have taken effect: looked up, never repeated blindly).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj, Document
from lastro.negativations.listings.subject import Debt, Listed


class Standing(StrEnum):
    """What a bureau says of a request or a record."""

    RECEIVED = "received"
    INCLUDED = "included"
    NOTIFIED = "notified"
    ACTIVE = "active"
    REFUSED = "refused"
    REMOVED = "removed"


@dataclass(frozen=True)
class Inclusion:
    """One debt of one person to be listed. ``key`` names the act.

    ``principal`` is the debtor whose debt ``person`` guarantees; ``None`` where the person is the debtor.
    """

    key: str
    person: Listed
    debt: Debt
    creditor: Cnpj
    principal: Document | None = None


@dataclass(frozen=True)
class Exclusion:
    """One record to be taken down, for a ``reason`` of the bureau's table; ``record`` is the bureau's key of it."""

    key: str
    person: Document
    debt: Debt
    creditor: Cnpj
    reason: str
    record: str | None = None
    principal: Document | None = None


@dataclass(frozen=True)
class Word:
    """What a bureau answers a request: where it stands, the bureau's own id of it, and its key of the record."""

    standing: Standing
    receipt: str | None = None
    record: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Record:
    """A record as the bureau lists it. ``reference`` is our key of the inclusion, where it tells that."""

    person: Document
    contract: str
    standing: Standing
    reference: str | None = None
    record: str | None = None
    amount: int | None = None
    code: str | None = None


@dataclass(frozen=True)
class Page:
    """Some of a bureau's records, and what to ask for the next ones; ``None`` at the end."""

    records: tuple[Record, ...]
    after: str | None = None


@dataclass(frozen=True)
class Told:
    """A bureau's message as it pushed it.

    ``uuid`` is the bureau's id of the request; ``standing`` is ``INCLUDED``, ``REMOVED`` or ``REFUSED``, and
    ``removes`` says which of the two acts it is about.
    """

    uuid: str
    standing: Standing
    removes: bool
    debtor: str
    creditor: str
    contract: str
    record: str | None = None
    code: str | None = None


class Token(Protocol):
    """An access token of a bureau."""

    @property
    def value(self) -> str: ...


class ListingBureau(Protocol):
    """One provider, reached with one integration's credentials in one environment.

    ``token`` is ``None`` for providers without tokens. An operation the provider does not have raises
    ``RefusedByBureau`` (``unsupported_by_bureau``); its facts (``LISTING_FACTS``) tell beforehand.
    """

    async def include(self, inclusion: Inclusion, token: Token | None) -> Word:
        """List the debt; never repeated in here."""
        ...

    async def remove(self, exclusion: Exclusion, token: Token | None) -> Word:
        """Take the record down; never repeated in here."""
        ...

    async def find(self, key: str, token: Token | None) -> Word | None:
        """What became of a request under our ``key``; ``None`` when the provider never saw it."""
        ...

    async def follow(self, after: str | None, token: Token | None) -> Page:
        """The provider's records of this integration, a page at a time."""
        ...
