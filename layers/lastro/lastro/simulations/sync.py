"""The sweep behind ``sync_status``: whatever was accepted is finished, whoever died in between."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.queues.queue import MessageQueue
from lastro.simulations.completion.announcing import Announcer
from lastro.simulations.completion.progress import Progress
from lastro.simulations.conditions.messages import condition_messages
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.model import Verdict, end_condition
from lastro.simulations.records import StoredSimulation

if TYPE_CHECKING:
    from lastro.simulations.store import SimulationStore

GRACE = timedelta(seconds=20)
"""A simulation younger than this is left to the queue: its conditions are still being tried."""
DEADLINE = timedelta(minutes=10)
"""A condition that nobody could finish by then ends as our own fault, so that no simulation stays open."""
MAX_SIMULATIONS = 200
"""A run sweeps the oldest; the next run takes up the rest."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class SimulationSweep:
    """Re-queues conditions nobody finished, ends those past their deadline and closes what is due."""

    book: SimulationStore
    queue: MessageQueue
    clock: Clock
    announcer: Announcer
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        self.progress = Progress(self.book, self.announcer)

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Sweep the oldest unfinished simulations; returns what was done, counted."""
        now = self.clock.now()
        counts = {"simulations": 0, "requeued": 0, "expired": 0, "closed": 0}
        for simulation_id in self.book.list_open(format_moment(now - GRACE)):
            if counts["simulations"] >= MAX_SIMULATIONS:
                break
            counts["simulations"] += 1
            found = self.book.find_simulation(simulation_id)
            if found:
                self._sweep(found, now, counts)
        return counts

    def _sweep(self, found: StoredSimulation, now: datetime, counts: dict[str, int]) -> None:
        simulation = found.simulation
        pending = [condition for condition in found.conditions if condition.ended_at is None]
        if pending and datetime.fromisoformat(simulation.created_at) + DEADLINE <= now:
            verdict = Verdict(error=True, reason=Reason.INTERNAL)
            for condition in pending:
                ended, _ = end_condition(simulation, condition, verdict, now)
                counts["expired"] += self.book.end_condition(simulation.id, ended, ())
            _log.warning("conditions expired", extra={"simulation_id": simulation.id, "conditions": len(pending)})
            counts["closed"] += self.progress.close(simulation.id)
            return
        ended_ones = [condition for condition in found.conditions if condition.ended_at]
        if ended_ones:
            counts["closed"] += self.progress.register(simulation.id, ended_ones)
        if pending:
            self.queue.send(condition_messages(simulation.id, simulation.store_id, pending, repeated=True))
            counts["requeued"] += len(pending)
