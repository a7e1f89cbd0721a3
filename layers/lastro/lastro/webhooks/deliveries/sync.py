"""The sweep of deliveries: tries whose wait was too long for the queue, and those a dead process left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.queues.queue import MessageQueue

if TYPE_CHECKING:
    from lastro.webhooks.store import WebhookStore

MAX_DELIVERIES = 500
"""A run queues the oldest; the next run takes up the rest."""


@dataclass(frozen=True, slots=True)
class DeliverySweep:
    """Queues every delivery that is owed a try."""

    book: WebhookStore
    queue: MessageQueue
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Queue the oldest due deliveries. Raises ``Retryable`` when the queue takes none."""
        due = list(islice(self.book.list_due(format_moment(self.clock.now())), MAX_DELIVERIES))
        if due:
            self.queue.send([{"notice_id": notice_id} for notice_id in due])
        return {"deliveries": len(due)}
