"""Processes and credits as they are read whole, and changed one transaction at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from lastro.kernel.dataclass import dataclass
from lastro.kernel.keyed_request import Answered
from lastro.kernel.occurrences import Occurrence
from lastro.origination.processes.model import Credit, HistoryEntry, Owner, Process, Step
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.proposals.relationships import Relationship

ABSENT = "absent"
"""Condition of a :class:`RowPut`: there is no such row yet."""


@dataclass(frozen=True)
class Row:
    """Something kept under a process or credit: ``DOCUMENT#SELF``, ``CHECK#age``, ``CONTRACT#000001``, ``PAYOUT``.

    ``fields`` may hold text, whole numbers, booleans, lists and mappings: no floats.
    """

    name: str
    fields: Mapping[str, Any]


PAYOUT = "PAYOUT"
"""The row of the payout that counts."""


@dataclass(frozen=True)
class RowPut:
    """Write a row under an owner, in the transaction of a change.

    ``where``: ``ABSENT`` (no such row yet), a mapping of fields that must hold now (``ABSENT``: that must not be
    there), or ``None`` (write anyhow).
    """

    owner: Owner
    row: Row
    where: str | Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Registration:
    """Claims a CPF for a process; ``replaces`` is the id of a denied process that held it before.

    ``place`` is the partner or the store that the process is with.
    """

    place: str
    cpf: str
    process_id: str
    replaces: str | None = None


@dataclass(frozen=True)
class Change:
    """One transaction. New versions of processes and credits, each with its history entry, and what goes with them.

    A process or credit of version 1 must be new; any other must be stored as the version before. ``done`` and
    ``postponed`` steps must still be there. A change may hold rows and steps alone. Limit: 100 writes in all; a new
    credit costs nine, one with a new status six, any other version two. Relationships are written as processes are.
    """

    processes: Sequence[tuple[Process, HistoryEntry]] = ()
    credits: Sequence[tuple[Credit, HistoryEntry]] = ()
    steps: Sequence[Step] = ()
    done: Sequence[Step] = ()
    postponed: Sequence[Step] = ()
    rows: Sequence[RowPut] = ()
    registration: Registration | None = None
    relationships: Sequence[Relationship] = ()
    occurrences: Sequence[Occurrence] = ()
    answered: Answered | None = None


@dataclass(frozen=True)
class StoredProcess:
    """A process with its history (oldest first), open steps and other rows."""

    process: Process
    history: tuple[HistoryEntry, ...] = ()
    steps: tuple[Step, ...] = ()
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class CreditFilter:
    """Which of a partner's credits to list; ``from_moment`` inclusive, ``to_moment`` exclusive."""

    partner_id: str
    status: CreditStatus | None = None
    product_id: int | None = None
    cpf: str | None = None
    store_id: int | None = None
    from_moment: datetime | None = None
    to_moment: datetime | None = None


@dataclass(frozen=True)
class CreditPage:
    """``after`` continues the list, ``None`` at its end. A page may hold fewer credits than asked for, even none."""

    credits: tuple[Credit, ...]
    after: str | None
