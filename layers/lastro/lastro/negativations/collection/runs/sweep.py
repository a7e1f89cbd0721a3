"""The sweep of runs: what was queued and never worked is queued again, and what is done is told to be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.queue import MessageQueue
from lastro.kernel.queues.sweeping import SWEEP_TIME, within_time
from lastro.negativations.collection.model import RunKey, RunStatus
from lastro.negativations.collection.runs.finishing import finish_if_done
from lastro.negativations.collection.runs.starting import queue_shards
from lastro.negativations.collection.runs.walking import debtor_message

if TYPE_CHECKING:
    from lastro.negativations.collection.runs.store import RunStore

LEFT_ALONE = timedelta(minutes=10)
"""How long what was queued is left to its queue before it is queued again."""

PART_TIME = SWEEP_TIME / 2
"""How long a run of the sweep begins with boletos, and how long with runs."""


@dataclass(frozen=True)
class CollectionSweep:
    """Leaves no run half done, whoever died in between."""

    runs: RunStore
    queue: MessageQueue
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Sweep; returns what was done, counted. Raises ``Retryable`` when the queue is out of reach."""
        counts = {"requeued": 0, "walked_on": 0, "finished": 0}
        now = self.clock.now()
        waiting = self.runs.list_waiting(now - LEFT_ALONE)
        for key, debtor_id, boleto_id in within_time(waiting, self.clock, PART_TIME):
            if self.runs.postpone_waiting(key, debtor_id, boleto_id, now):
                self.queue.send([debtor_message(key, debtor_id, [boleto_id])])
                counts["requeued"] += 1
        for key, place in within_time(self.runs.list_open(now), self.clock, PART_TIME):
            counts["finished" if self._finish(key, place) else "walked_on"] += 1
        return counts

    def _finish(self, key: RunKey, place: str) -> bool:
        """Whether the run is finished; a shard of it that stands still for a while is walked on."""
        run = self.runs.find(key)
        if run is None or run.status is not RunStatus.RUNNING:
            return True
        now = self.clock.now()
        if finish_if_done(self.runs, run):
            return True
        long_ago = now - LEFT_ALONE
        still = self.runs.find_still(key, long_ago) if run.started_at <= long_ago else []
        # Moved on before it is sent: a queue that is behind is not filled with the same shards.
        if still and self.runs.postpone(key, place, now + LEFT_ALONE):
            queue_shards(self.queue, key, still)
        return False
