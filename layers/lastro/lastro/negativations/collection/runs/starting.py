"""The daily schedule: begin the run of each branch, or go on with one that was begun."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import DomainError
from lastro.kernel.queues.sweeping import within_time
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.model import Parameters, Run, RunKey, RunStatus

if TYPE_CHECKING:
    from lastro.bureaus.service import AutomaticListings
    from lastro.kernel.calendar import Clock
    from lastro.kernel.queues.queue import MessageQueue
    from lastro.negativations.collection.runs.store import RunStore
    from lastro.negativations.collection.store import ParametersStore

START_TIME, BLOCKED_TIME = timedelta(seconds=180), timedelta(seconds=60)
"""How long a start goes over branches, and then over those that were blocked; the next hour's finds the rest."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CollectionStart:
    """Begins runs and queues their shards; what was begun is left to its messages and its sweep."""

    parameters: ParametersStore
    runs: RunStore
    automatic: AutomaticListings
    queue: MessageQueue
    clock: Clock
    shards: int
    wait_for: Callable[[Coroutine[Any, Any, Any]], Any]

    def run(self, business_date: date) -> dict[str, int]:
        """Begin the runs of a day; returns what was done, counted. A branch that cannot run stops no other."""
        counts = {"collections": 0, "queued": 0, "running": 0, "blocked": 0, "finished": 0}
        blocked: list[tuple[Run, Parameters]] = []
        for partner_id, branch_id in within_time(self.parameters.list_enabled(), self.clock, START_TIME):
            parameters = self.parameters.find(partner_id, branch_id)
            if parameters is None or not parameters.enabled or not parameters.steps:
                continue  # the index is a moment behind
            counts["collections"] += 1
            key = RunKey(partner_id, branch_id, business_date)
            stored = self.runs.find(key)
            if stored and stored.status is RunStatus.BLOCKED:
                blocked.append((stored, parameters))
            else:
                counts[self.begin(key, parameters)] += 1
        # Asked again behind all that were not begun, who was asked longest ago first: what stays blocked keeps none of
        # them from their day, nor one another.
        blocked.sort(key=lambda each: each[0].ended_at or each[0].started_at)
        for stored, parameters in within_time(blocked, self.clock, BLOCKED_TIME):
            counts[self.begin(stored.key, parameters)] += 1
        return counts

    def begin(self, key: RunKey, parameters: Parameters) -> str:
        """``queued`` where it was begun now, else what the run is. Raises ``Retryable`` without the queue."""
        stored = self.runs.find(key)
        if stored and stored.status is not RunStatus.BLOCKED:
            return stored.status.value
        wanted = self._decide(key, parameters)
        if stored is not None:
            wanted = replace(wanted, version=stored.version + 1)
        # Who lost begins the run that the other keeps: the same day, the same shards.
        if not self.runs.put(wanted):
            wanted = self.runs.find(key) or wanted
        if wanted.status is RunStatus.BLOCKED:
            return "blocked"
        queue_shards(self.queue, key, range(self.shards))
        return "queued"

    def _decide(self, key: RunKey, parameters: Parameters) -> Run:
        """The run as it begins; blocked where listings may not be made unattended, with the reason in words."""
        moment = self.clock.now()
        if not parameters.lists:
            return Run(key, RunStatus.RUNNING, moment)
        try:
            integration = self.wait_for(self.automatic.check(key.partner_id, key.branch_id))
        except DomainError as error:
            _log.warning("collection blocked", extra={"run_id": key.id, "code": error.code})
            return Run(
                key, RunStatus.BLOCKED, moment, ended_at=moment, blocked_code=error.code, blocked_text=error.detail
            )
        homologation = integration.environment.value == "homologation"
        return Run(key, RunStatus.RUNNING, moment, homologation=homologation, integration_id=integration.id)


def queue_shards(queue: MessageQueue, key: RunKey, shards: Iterable[int]) -> None:
    """Have shards walked, or walked on. Raises ``Retryable``."""
    queue.send(
        [
            CollectionMessage(
                partner_id=key.partner_id, branch_id=key.branch_id, business_date=key.business_date, shard=shard
            )
            for shard in shards
        ]
    )
