"""Walking a shard of a run: keys alone are read, a few hundred at a time, and what is due is queued by debtor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.queue import MessageQueue
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.model import Candidate, Parameters, RunKey, RunStatus, Walk, judge_candidate
from lastro.negativations.collection.runs.starting import queue_shards

if TYPE_CHECKING:
    from lastro.negativations.collection.runs.store import RunStore
    from lastro.negativations.collection.store import ParametersStore

PAGE = 500
"""Keys of one step of a walk."""

WALK_TIME = timedelta(seconds=20)
"""How long one delivery walks before it leaves the rest to the next."""

MOST_OF_A_DEBTOR = 20
"""Boletos of a debtor in one message."""


@dataclass(frozen=True)
class CollectionWalk:
    """Walks shards. Whoever dies leaves the cursor where it was; two walkers of one shard go on as one."""

    parameters: ParametersStore
    runs: RunStore
    queue: MessageQueue
    clock: Clock
    most_queued: int

    def walk(self, key: RunKey, shard: int) -> None:
        """Walk on for a while. What is left is queued. Raises ``Retryable`` without the queue."""
        run, parameters = self.runs.find(key), self.parameters.find(key.partner_id, key.branch_id)
        if run is None or run.status is not RunStatus.RUNNING or parameters is None:
            return
        ends = self.clock.now() + WALK_TIME
        walk = self.runs.find_walk(key, shard)
        while not walk.done:
            if self.clock.now() >= ends:
                queue_shards(self.queue, key, [shard])
                return
            walk = self._step(key, shard, parameters, walk)

    def _step(self, key: RunKey, shard: int, parameters: Parameters, before: Walk) -> Walk:
        """One step: look at some keys, keep how far it got and what is to be worked, then queue that."""
        due_by = parameters.first_due_by(key.business_date)
        if due_by is None:
            return replace(before, done=True)
        seen = self.runs.list_candidates(key, shard, due_by, after=before.cursor, page=PAGE)
        after, wanted = self._look(key, parameters, before, list(islice(seen, PAGE)))
        while not self.runs.advance(key, shard, before, after, wanted, self.clock.now()):
            stored = self.runs.find_walk(key, shard)
            if stored != before:
                return stored
            # The run met one of them before: its due date was changed while the shard was walked.
            known = self.runs.find_known(key, [each.boleto_id for each in wanted])
            left = [each for each in wanted if each.boleto_id not in known]
            after, wanted = replace(after, queued=after.queued - len(wanted) + len(left)), left
        self._queue(key, wanted)
        return after

    def _look(
        self, key: RunKey, parameters: Parameters, before: Walk, page: Sequence[Candidate]
    ) -> tuple[Walk, list[Candidate]]:
        wanted: list[Candidate] = []
        excluded = dict(before.excluded)
        cursor, looked_at = before.cursor, 0
        for candidate in page:
            if len(wanted) == self.most_queued:
                break
            cursor, looked_at = candidate.place, looked_at + 1
            verdict = judge_candidate(candidate, parameters, key.business_date)
            if verdict.exclusion:
                excluded[verdict.exclusion] = excluded.get(verdict.exclusion, 0) + 1
            elif verdict.step:
                wanted.append(candidate)
        after = Walk(
            cursor=cursor,
            done=len(page) < PAGE and looked_at == len(page),
            looked_at=before.looked_at + looked_at,
            queued=before.queued + len(wanted),
            excluded=excluded,
        )
        return after, wanted

    def _queue(self, key: RunKey, wanted: Sequence[Candidate]) -> None:
        of_debtor: dict[str, list[str]] = {}
        for candidate in wanted:
            of_debtor.setdefault(candidate.debtor_id, []).append(candidate.boleto_id)
        messages = [
            debtor_message(key, debtor_id, names[start : start + MOST_OF_A_DEBTOR])
            for debtor_id, names in of_debtor.items()
            for start in range(0, len(names), MOST_OF_A_DEBTOR)
        ]
        self.queue.send(messages)


def debtor_message(key: RunKey, debtor_id: str, boleto_ids: Sequence[str]) -> CollectionMessage:
    """Have some boletos of a debtor worked."""
    return CollectionMessage(
        partner_id=key.partner_id,
        branch_id=key.branch_id,
        business_date=key.business_date,
        debtor_id=debtor_id,
        boleto_ids=tuple(boleto_ids),
    )
