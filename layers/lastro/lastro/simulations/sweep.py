"""The sweep behind ``sync_status``: every simulation that was accepted is finished, whoever died in between."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.observing.tracing import tracing
from lastro.kernel.queues.sweeping import within_time
from lastro.simulations.completion.announcing import Announcer
from lastro.simulations.completion.progress import Progress
from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.messages import condition_messages
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.model import Condition, Simulation, Verdict, end_condition
from lastro.simulations.records import GRACE, OpenSimulation, StoredSimulation

if TYPE_CHECKING:
    from lastro.simulations.store import SimulationStore

__all__ = ["AGAIN", "DEADLINE", "GRACE", "PATIENCE", "SimulationSweep"]

AGAIN = timedelta(minutes=1)
"""When an unfinished simulation is looked at again."""
PATIENCE = timedelta(minutes=3)
"""How long conditions are taken to wait in a queue that is behind; after that their messages count as lost."""
DEADLINE = timedelta(minutes=10)
"""A condition that nobody could finish by then ends as our own fault, so that no simulation stays open."""

_log = logging.getLogger(__name__)


@dataclass()
class SimulationSweep:
    """Re-queues conditions nobody finished, ends those past their deadline and closes what is due."""

    store: SimulationStore
    dispatch: ConditionDispatch
    clock: Clock
    announcer: Announcer
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        self.progress = Progress(self.store, self.announcer)

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Sweep what is due, oldest first; returns what was done, counted.

        Raises ``Retryable`` at the end when a queue was out of reach: what was not sent is due again in a minute.
        """
        counts = Counter(simulations=0, requeued=0, expired=0, closed=0)
        is_behind = cache(self.dispatch.is_behind)
        failure: Retryable | None = None
        for due in within_time(self.store.list_due(self.clock.now()), self.clock):
            now = self.clock.now()
            # Moved on first: the next run, or another at this moment, leaves it alone.
            if not self.store.postpone(due, now + AGAIN):
                continue
            counts["simulations"] += 1
            found = self.store.find_simulation(due.id)
            try:
                if found:
                    with tracing(found.simulation.request_id):
                        self._sweep(found, due, now, counts, is_behind)
            except Retryable as error:
                # One bank's queue, one contended row: the others are not to wait for it.
                failure = error
        if failure:
            raise failure
        return dict(counts)

    def _sweep(
        self,
        found: StoredSimulation,
        due: OpenSimulation,
        now: datetime,
        counts: Counter[str],
        is_behind: Callable[[str], bool],
    ) -> None:
        simulation = found.simulation
        created = simulation.created_at
        pending = [condition for condition in found.conditions if condition.ended_at is None]
        if pending and created + DEADLINE <= now:
            self._expire(simulation, pending, now, counts)
            return
        ended_ones = [condition for condition in found.conditions if condition.ended_at]
        if ended_ones:
            counts["closed"] += self.progress.register(simulation, ended_ones)
        seen_before = due.due_at - AGAIN
        lost = outwaited(created, seen_before, now)
        missing = [condition for condition in pending if lost or not is_behind(condition.bank)]
        if missing:
            self.dispatch.send(condition_messages(simulation, missing, repeated=True))
            counts["requeued"] += len(missing)

    def _expire(self, simulation: Simulation, pending: list[Condition], now: datetime, counts: Counter[str]) -> None:
        verdict = Verdict(error=True, reason=Reason.INTERNAL)
        ended = [(simulation.id, end_condition(simulation, condition, verdict, now)[0]) for condition in pending]
        counts["expired"] += len(pending) - len(self.store.end_conditions(ended))
        _log.warning("conditions expired", extra={"simulation_id": simulation.id, "conditions": len(pending)})
        counts["closed"] += self.progress.close(simulation.id)


def outwaited(created: datetime, seen_before: datetime, now: datetime) -> bool:
    """Whether another ``PATIENCE`` of a simulation's age has passed since it was looked at last."""
    return (now - created) // PATIENCE > max(0, (seen_before - created) // PATIENCE)
