"""What the lead use cases ask of the outside: a book of leads, kept by store and document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from lastro.kernel.attempt import Attempt
from lastro.kernel.documents import Document
from lastro.simulations.leads.model import Lead


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before a creation: an earlier answer to the same attempt, whether the lead exists.

    ``trace`` belongs to the book that gave it.
    """

    first_answer: str | None
    lead_exists: bool
    trace: Any = None


class LeadBook(Protocol):
    """Leads of every store."""

    def reserve_id(self) -> int: ...

    def look_before(self, store_id: int, document: Document, attempt: Attempt | None, now: datetime) -> Before:
        """Raises ``Conflict`` when the attempt's key came with another request."""
        ...

    def add(
        self, store_id: int, lead: Lead, attempt: Attempt | None, answer: str, now: datetime, before: Before
    ) -> bool:
        """Keep a new lead, with its answer in the same transaction; false when something stood in the way."""
        ...

    def find(self, store_id: int, document: Document) -> Lead | None: ...

    def find_with_banks(self, store_id: int, document: Document) -> tuple[Lead | None, Sequence[str]]:
        """The lead, and the codes of the banks the store can use."""
        ...

    def list(self, store_id: int, *, skip: int, limit: int) -> Sequence[Lead]:
        """Leads in order of document."""
        ...

    def replace(self, store_id: int, lead: Lead) -> bool:
        """Put ``lead`` in the place of the version before it; false when that is no longer there."""
        ...

    def remove(self, store_id: int, document: Document) -> bool:
        """False when there was no such lead."""
        ...
