"""What the table tells of simulations, beside simulations and conditions themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.simulations.conditions.breaker import Breaker
    from lastro.simulations.model import Condition, PreApprovalStatus, Simulation
    from lastro.simulations.returns.model import ReturnRule

GRACE = timedelta(seconds=20)
"""A simulation younger than this is left to the queue: its conditions are still being tried."""


LEAD_RECORD, SIMULATION_RECORD = "lead", "simulation"
"""What is kept of a person here (``kernel/retention.py``)."""


@dataclass(frozen=True)
class OpenSimulation:
    """An unfinished simulation, and since when the sweep owes it a look."""

    id: str
    due_at: datetime


@dataclass(frozen=True)
class PreApproval:
    """One bank's pre-analysis within one simulation; ``lease_until`` in milliseconds while somebody asks."""

    bank: str
    status: PreApprovalStatus
    lease_until: int = 0
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Purchase:
    """What creating a simulation needs to know: an earlier answer to the same request, the lead, the store's banks and
    plus returns, how many simulations of the partner are in flight, and whether the store takes new ones.
    """

    first_answer: str | None
    lead: Mapping[str, Any] | None
    banks: Mapping[str, Mapping[str, Any]]
    in_flight: int = 0
    store_active: bool = True
    rules: Sequence[ReturnRule] = ()


@dataclass(frozen=True)
class StoredSimulation:
    """Everything one query reads of a simulation."""

    simulation: Simulation
    conditions: tuple[Condition, ...]
    pre_approvals: Mapping[str, PreApproval]


@dataclass(frozen=True)
class Wanted:
    """A condition to be worked; its store where it is known beforehand.

    ``fresh`` says that nobody is known to have worked it: unless its simulation tells otherwise it did not end.
    """

    simulation_id: str
    offset: int
    bank: str
    store_id: int | None = None
    fresh: bool = False


@dataclass(frozen=True)
class Work:
    """What a batch of condition messages needs, read in one round trip."""

    simulations: Mapping[str, Simulation]
    conditions: Mapping[tuple[str, int], Condition]
    breakers: Mapping[str, Breaker]
    pre_approvals: Mapping[tuple[str, str], PreApproval]
    credentials: Mapping[tuple[int, str], str | None]
    """The versions of stores' credentials, by store and bank."""
