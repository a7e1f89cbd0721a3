"""The sweep of runs: what was queued and never worked is queued again, and what is done is told to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.queues.queue import MessageQueue
from lastro.kernel.queues.sweeping import within_time
from lastro.negativations.collection.model import RunKey, RunStatus
from lastro.negativations.collection.runs.starting import queue_shards
from lastro.negativations.collection.runs.walking import debtor_message

if TYPE_CHECKING:
    from lastro.negativations.collection.runs.store import RunStore

LEFT_ALONE = timedelta(minutes=10)
"""How long what was queued is left to its queue before it is queued again."""


@dataclass(frozen=True, slots=True)
class CollectionSweep:
    """Leaves no run half done, whoever died in between."""

    runs: RunStore
    queue: MessageQueue
    clock: Clock
    shards: int

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Sweep; returns what was done, counted. Raises ``Retryable`` when the queue is out of reach."""
        counts = {"requeued": 0, "walked_on": 0, "finished": 0}
        now = self.clock.now()
        waiting = self.runs.list_waiting(format_moment(now - LEFT_ALONE))
        for key, debtor_id, boleto_id in within_time(waiting, self.clock):
            if self.runs.postpone_waiting(key, debtor_id, boleto_id, format_moment(now)):
                self.queue.send([debtor_message(key, debtor_id, [boleto_id])])
                counts["requeued"] += 1
        for key in within_time(self.runs.list_open(), self.clock):
            counts["finished" if self._finish(key) else "walked_on"] += 1
        return counts

    def _finish(self, key: RunKey) -> bool:
        """Whether the run is finished; one that is not walked through for a while is walked on."""
        run = self.runs.find(key)
        if run is None or run.status is not RunStatus.RUNNING:
            return True
        now = self.clock.now()
        if self.runs.add_up(key).is_finished:
            after = replace(run, status=RunStatus.FINISHED, ended_at=format_moment(now), version=run.version + 1)
            return self.runs.put(after)
        if run.started_at <= format_moment(now - LEFT_ALONE):
            left = [shard for shard in range(self.shards) if not self.runs.find_walk(key, shard).done]
            queue_shards(self.queue, key, left)
        return False
