"""What the origination use cases ask of the table: processes and credits, changed one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from lastro.kernel.attempt import Answered, Attempt
from lastro.origination.processes.model import Credit, HistoryEntry, Owner, Process, Step
from lastro.origination.proposals.relationships import Relationship

ABSENT = "absent"
"""Condition of a :class:`RowPut`: there is no such row yet."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something kept under a process or credit: ``DOCUMENT#SELF``, ``CHECK#age``, ``CONTRACT#000001``, ``PAYOUT``.

    ``fields`` may hold text, whole numbers, booleans, lists and mappings: no floats.
    """

    name: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowPut:
    """Write a row under an owner, in the transaction of a change.

    ``where``: ``ABSENT`` (no such row yet), a mapping of fields that must hold now (``ABSENT``: that must not be
    there), or ``None`` (write anyhow).
    """

    owner: Owner
    row: Row
    where: str | Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """Claims a CPF for a process; ``replaces`` is the id of a denied process that held it before."""

    partner_id: str
    cpf: str
    process_id: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction. New versions of processes and credits, each with its history entry, and what goes with them.

    A process or credit of version 1 must be new; any other must be stored as the version before. ``done`` and
    ``postponed`` steps must still be there. A change may hold rows and steps alone. Limit: 100 writes in all; a new
    credit costs seven, one with a new status five, any other version two. Relationships are written as processes are.
    """

    processes: Sequence[tuple[Process, HistoryEntry]] = ()
    credits: Sequence[tuple[Credit, HistoryEntry]] = ()
    steps: Sequence[Step] = ()
    done: Sequence[Step] = ()
    postponed: Sequence[Step] = ()
    rows: Sequence[RowPut] = ()
    registration: Registration | None = None
    relationships: Sequence[Relationship] = ()
    answered: Answered | None = None


@dataclass(frozen=True, slots=True)
class StoredProcess:
    """A process with its history (oldest first), open steps and other rows."""

    process: Process
    history: tuple[HistoryEntry, ...] = ()
    steps: tuple[Step, ...] = ()
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


@dataclass(frozen=True, slots=True)
class StoredCredit:
    """A credit with everything under it. ``rows`` maps names (``DOCUMENT#SELF``) to fields, in order of name."""

    credit: Credit
    history: tuple[HistoryEntry, ...] = ()
    steps: tuple[Step, ...] = ()
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def rows_of(self, prefix: str) -> dict[str, Mapping[str, Any]]:
        """Rows whose name begins so: ``CONTRACT#``, ``ENDORSEMENT#``, ``CHECK#``, ``DOCUMENT#``."""
        return {name: fields for name, fields in self.rows.items() if name.startswith(prefix)}


@dataclass(frozen=True, slots=True)
class CreditFilter:
    """Which of a partner's credits to list; moments are ISO, ``from_moment`` inclusive, ``to_moment`` exclusive."""

    partner_id: str
    status: str | None = None
    product_id: int | None = None
    cpf: str | None = None
    from_moment: str = ""
    to_moment: str = ""


@dataclass(frozen=True, slots=True)
class CreditPage:
    """``after`` continues the list, ``None`` at its end. A page may hold fewer credits than asked for, even none."""

    credits: tuple[Credit, ...]
    after: str | None


class OriginationBook(Protocol):
    """Every read that decides is consistent; lists and due steps come from indexes, a moment behind."""

    def reserve_numbers(self, count: int) -> int:
        """Take ``count`` consecutive numbers for customer service numbers; returns the first."""
        ...

    def find_answer(self, attempt: Attempt | None, now: datetime) -> str | None:
        """What the same attempt was answered before. Raises ``Conflict`` when its key came with another request."""
        ...

    def find_process(self, process_id: str) -> StoredProcess | None:
        """A process with everything under it, one query."""
        ...

    def find_credit(self, csn: str) -> StoredCredit | None:
        """A credit with everything under it, one query."""
        ...

    def find_credits(self, csns: Sequence[str]) -> list[Credit]:
        """Credits that exist among ``csns``, in that order, without what is under them."""
        ...

    def find_registration(self, partner_id: str, cpf: str) -> str | None:
        """Id of the process that holds a CPF at a partner."""
        ...

    def find_relationship(self, partner_id: str, creditor: str, cpf: str) -> Relationship:
        """The credits of a person with a creditor at a partner."""
        ...

    def commit(self, change: Change) -> bool:
        """Do all of a change or nothing. False when somebody was first: read again and decide again.

        Raises ``Retryable`` ``transaction_conflict`` when others kept writing the same items all along.
        """
        ...

    def list_credits(self, wanted: CreditFilter, *, after: str | None, limit: int) -> CreditPage:
        """One page of a partner's credits, newest first."""
        ...

    def count_by_status(self, partner_id: str) -> dict[str, int]:
        """How many credits of a partner are in each status; the cost does not grow with their number."""
        ...

    def list_due_steps(self, before: str, limit: int) -> list[Step]:
        """Steps due at or before an ISO moment, oldest first."""
        ...

    def list_lapsed(self, before: str) -> Iterator[str]:
        """Customer service numbers of unsigned credits valid until ``before`` or earlier, oldest first."""
        ...
