"""The sweep behind ``sync_retention``: ends what is over its term, and takes up requests that lost their message."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.observing import figures
from lastro.kernel.queues.delivery import Delivery, Done
from lastro.kernel.queues.queue import MessageQueue
from lastro.kernel.queues.sweeping import SWEEP_TIME
from lastro.retention.model import GRACE, IN_USE_AGAIN, LATE_AFTER, RequestStatus, Retained, next_look
from lastro.retention.parts import Parts
from lastro.retention.subjects.messages import RetentionQueued
from lastro.retention.subjects.worker import next_day, queue_requests

if TYPE_CHECKING:
    from lastro.retention.store import RetentionStore

MAX_RECORDS = 2_000
"""Of one run, or of one message of a shard; what is left goes on by the queue."""
AT_ONCE = 8
"""Records that are looked at side by side: most of a look is waiting for the table."""
EVERY = timedelta(hours=1)
"""How often the sweep runs (``template.yaml``)."""
MAX_REQUESTS = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RetentionSweep:
    """Looks at what is due."""

    store: RetentionStore
    parts: Parts
    queue: MessageQueue
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - what is due tells the clock
        """One bounded round, the longest due first; returns what was done, counted. What is left is queued by shard,
        worked side by side until the next run. Raises ``Retryable`` when the queue is out of reach.
        """
        started = self.clock.now()
        requeued = self._requeue(started)
        looked, ended, is_more = self._look_through(self.store.list_due(local_date(started)), started)
        if is_more:
            until = started + EVERY
            self.queue.send([_shard_message(shard, until) for shard in self.store.shards])
        return {"looked": looked, "ended": ended, "requeued": requeued}

    def process(self, delivery: Delivery[RetentionQueued]) -> Done:
        """What is due of a shard, then a message for the rest, until its time is over. Raises ``Retryable`` when the
        queue is out of reach.
        """
        message, now = delivery.message, self.clock.now()
        if message.shard is None or message.until is None or now >= message.until:
            return Done()
        looked, ended, is_more = self._look_through(self.store.list_due(local_date(now), [message.shard]), now)
        _log.info("shard swept", extra={"shard": message.shard, "looked": looked, "ended": ended})
        if is_more:
            self.queue.send([_shard_message(message.shard, message.until)])
        return Done()

    def _look_through(self, due: Iterable[Retained], started: datetime) -> tuple[int, int, bool]:
        """How many records were looked at, how many ended, and whether more are due."""
        today = local_date(started)

        def look(retained: Retained) -> bool:
            try:
                return self._look(retained, today)
            except Retryable:
                _log.warning("record left for later", extra={"kind": retained.record.kind})
                return False

        looked = ended = 0
        ends = started + SWEEP_TIME
        coming = iter(due)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while batch := list(islice(coming, min(AT_ONCE, MAX_RECORDS - looked))):
                looked += len(batch)
                ended += sum(pool.map(look, batch))
                if self.clock.now() >= ends:
                    break
        return looked, ended, next(coming, None) is not None

    def _look(self, due: Retained, today: date) -> bool:
        """End a record if it is time, else say when to look again."""
        record = due.record
        # Moved on first: whatever befalls one record, it does not stand before the others again in an hour.
        retained = replace(due, look_on=next_day(today))
        if not self.store.postpone(due, retained.look_on):
            return False
        standing = self.parts.look(record)
        if standing is None:
            self.store.release(retained)
            return False
        if self.store.is_held(record.partner_id, record.document):
            again = today + IN_USE_AGAIN
        else:
            part = self.parts.of(record)
            look_on = next_look(standing, today, wanted=retained.wanted)
            if look_on is None and part.end(record):
                self.store.release(retained)
                _log.info("record ended", extra={"kind": standing.kind.name, "record_id": record.id})
                return True
            if look_on is not None and standing.trims_on is not None and standing.trims_on <= today:
                part.trim(record)
                # What is left of it may have another day.
                left = self.parts.look(record)
                look_on = next_look(left, today, wanted=retained.wanted) if left else None
            again = look_on or next_day(today)
        self.store.postpone(retained, again)
        return False

    def _requeue(self, now: datetime) -> int:
        """Send again what is overdue; its due time moves first, so that no other run sends it too. Counts what is late:
        what a legal hold holds back is not.
        """
        sent = late = 0
        for request_id in self.store.list_unfinished(now):
            if sent >= MAX_REQUESTS:
                break
            request = self.store.find_request(request_id)
            if request is None or request.status is not RequestStatus.PENDING or request.next_at is None:
                continue
            late += request.created_at <= now - LATE_AFTER
            if request.next_at <= now and self.store.put_off(request, now + GRACE):
                queue_requests(self.queue, [request])
                sent += 1
        # Told when it is nought, too: an alarm ends by a figure, not by silence.
        figures.note("LateSubjectRequests", late)
        return sent


def _shard_message(shard: int, until: datetime) -> RetentionQueued:
    """Of no partner: its records are anybody's."""
    return RetentionQueued(partner_id=f"shard-{shard}", shard=shard, until=until)
