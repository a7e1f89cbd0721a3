"""The sweep behind ``sync_inquiries``: whatever was accepted is asked or ended, whoever died in between."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lastro.bureaus.inquiries.working.due import due_moment
from lastro.bureaus.inquiries.working.worker import lost_inquiry
from lastro.bureaus.messages import inquiry_message
from lastro.bureaus.model import Inquiry
from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import MessageQueue
from lastro.kernel.queues.sweeping import within_time

if TYPE_CHECKING:
    from lastro.bureaus.inquiries.store import InquiryStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class InquirySweep:
    """Queues again what nobody took and ends what lost its process."""

    store: InquiryStore
    queue: MessageQueue
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Sweep due inquiries, the longest due first; returns what was done, counted. Raises ``Retryable`` when the
        queue is out of reach.
        """
        counts = {"inquiries": 0, "requeued": 0, "lost": 0}
        for inquiry_id in within_time(self.store.list_due(self.clock.now()), self.clock):
            inquiry = self.store.find(inquiry_id)
            if inquiry is None or not inquiry.is_pending or due_moment(inquiry) > self.clock.now():
                continue  # the index is a moment behind
            counts["inquiries"] += 1
            what, after = self._moved_on(inquiry)
            try:
                taken = self.store.change(inquiry, after)
            except Retryable:
                continue  # somebody is writing it this moment
            if taken:
                counts[what] += 1
                self.queue.send([inquiry_message(inquiry)])
        return counts

    def _moved_on(self, inquiry: Inquiry) -> tuple[str, Inquiry]:
        """What becomes of a due inquiry before its message is sent: due again, if at all, after a while."""
        now = self.clock.now()
        if inquiry.may_be_lost(now):
            _log.warning("inquiry lost its process", extra={"inquiry_id": inquiry.id, "provider": inquiry.provider})
            return "lost", lost_inquiry(inquiry, self.clock)
        return "requeued", replace(inquiry, lease_until=now)
