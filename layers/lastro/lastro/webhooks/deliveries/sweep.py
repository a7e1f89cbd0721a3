"""The sweep of deliveries: tries whose wait was too long for the queue, and those a dead process left behind."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.queue import MessageQueue
from lastro.kernel.queues.sweeping import RESENT, within_time
from lastro.webhooks.deliveries.messages import NoticeQueued

if TYPE_CHECKING:
    from lastro.webhooks.deliveries.model import DueDelivery
    from lastro.webhooks.store import WebhookStore

_TOGETHER = 100


@dataclass(frozen=True)
class DeliverySweep:
    """Queues every delivery that is owed a try."""

    store: WebhookStore
    queue: MessageQueue
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Queue due deliveries, oldest first. Raises ``Retryable`` when the queue takes none."""
        due = within_time(self.store.list_due(self.clock.now()), self.clock)
        messages, sent = filter(None, map(self._take, due)), 0
        while some := list(islice(messages, _TOGETHER)):
            self.queue.send(some)
            sent += len(some)
        return {"deliveries": sent}

    def _take(self, due: DueDelivery) -> NoticeQueued | None:
        """Move a delivery on before it is sent, so that the next run leaves it to its queue for a while.

        Its message; ``None`` when somebody else was first.
        """
        partner_id = self.store.postpone(due, self.clock.now() + RESENT)
        return NoticeQueued(partner_id=partner_id, notice_id=due.id) if partner_id is not None else None
