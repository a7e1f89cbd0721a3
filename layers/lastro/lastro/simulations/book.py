"""What the simulation use cases ask of the table: a book of simulations, conditions, pre-approvals and breakers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from lastro.kernel.attempt import Answered, Attempt
from lastro.simulations.conditions.breaker import Breaker
from lastro.simulations.model import Condition, PreApprovalStatus, Simulation
from lastro.webhooks.service import Notice


@dataclass(frozen=True, slots=True)
class PreApproval:
    """One bank's pre-analysis within one simulation; ``lease_until`` in milliseconds while somebody asks."""

    bank: str
    status: PreApprovalStatus
    lease_until: int = 0
    ended_at: str | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """What creating a simulation needs to know: an earlier answer to the same attempt, the lead, the store's banks."""

    first_answer: str | None
    lead: Mapping[str, Any] | None
    banks: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class StoredSimulation:
    """Everything one query reads of a simulation."""

    simulation: Simulation
    conditions: tuple[Condition, ...]
    pre_approvals: Mapping[str, PreApproval]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A condition to be worked; its store where it is known beforehand."""

    simulation_id: str
    offset: int
    bank: str
    store_id: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What a batch of condition messages needs, read in one round trip."""

    simulations: Mapping[str, Simulation]
    conditions: Mapping[tuple[str, int], Condition]
    breakers: Mapping[str, Breaker]
    pre_approvals: Mapping[tuple[str, str], PreApproval]
    credentials: Mapping[tuple[int, str], str | None]
    """The versions of stores' credentials, by store and bank."""


class SimulationBook(Protocol):
    """Every method is one round trip unless it says otherwise; reads that decide are consistent."""

    def reserve_ids(self, count: int) -> int:
        """Take ``count`` consecutive identifiers; returns the first."""
        ...

    def read_purchase(self, attempt: Attempt | None, store_id: int, document: str, now: datetime) -> Purchase:
        """What creating needs. Raises ``Conflict`` when the attempt's key came with another request."""
        ...

    def put_simulation(
        self,
        simulation: Simulation,
        conditions: Sequence[Condition],
        answered: Answered | None,
    ) -> bool:
        """Persist every condition, then make the simulation visible together with its idempotency record.

        Conditions without their header are invisible, so a crash in between leaves nothing a reader could see. False
        when another request with the same key was first: then nothing became visible.
        """
        ...

    def find_simulation(self, simulation_id: str) -> StoredSimulation | None:
        """A simulation with its conditions in offset order, one query."""
        ...

    def find_shop(self, store_id: int) -> dict[str, Any] | None:
        """Id, name and formatted CNPJ of a store."""
        ...

    def list_simulations(
        self, store_id: int, *, after: str, newest_first: bool, skip: int, limit: int
    ) -> list[Simulation]:
        """One page of a store's simulations by creation; ``after`` is an ISO moment or empty."""
        ...

    def list_open(self, before: str) -> Iterator[str]:
        """Ids of unfinished simulations created at or before an ISO moment, oldest first."""
        ...

    def read_work(self, wanted: Sequence[Wanted]) -> Work:
        """Headers, conditions, breakers, pre-approvals and versions of credentials.

        A second round trip for conditions whose store nobody named.
        """
        ...

    def end_condition(self, simulation_id: str, ended: Condition, generated: Sequence[Condition]) -> bool:
        """Store a result and, in the same transaction, what it generates. False when it had already ended."""
        ...

    def register_ended(self, simulation_id: str, ended: frozenset[int], generated: frozenset[int]) -> Simulation:
        """Add ended and generated offsets to the header; adding twice changes nothing. Returns the header after it."""
        ...

    def close(self, simulation_id: str, finished_at: str, success: bool, notice: Notice | None = None) -> bool:
        """Mark a simulation finished and, in the same transaction, keep the notice of it.

        True for the one caller that did it.
        """
        ...

    def claim_pre_approval(self, simulation_id: str, bank: str, lease_until: int, stale: PreApproval | None) -> bool:
        """Take the right to ask a bank; with ``stale`` take it over from a holder whose lease ran out."""
        ...

    def end_pre_approval(self, simulation_id: str, ended: PreApproval, lease_until: int) -> bool:
        """Store what became of a claim: decided, or given back (``NOT_RUN`` with no lease).

        False when another claim took the place of the one until ``lease_until``.
        """
        ...

    def find_pre_approval(self, simulation_id: str, bank: str) -> PreApproval | None: ...

    def count_failure(self, bank: str) -> int:
        """Count one more failure in a row of a bank and return how many there are."""
        ...

    def open_breaker(self, bank: str, open_until: int) -> None:
        """Leave a bank alone until a moment in milliseconds."""
        ...

    def claim_probe(self, bank: str, seen: Breaker, open_until: int) -> bool:
        """Become the one caller that tries a paused bank; the others see the pause prolonged to ``open_until``."""
        ...

    def close_breaker(self, bank: str) -> None:
        """Forget a bank's failures: it answers again."""
        ...
