"""The sweep behind ``sync_inquiries``: whatever was accepted is asked or ended, whoever died in between."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lastro.bureaus.inquiries.processing import lost_inquiry
from lastro.bureaus.messages import InquiryMessage
from lastro.bureaus.model import Inquiry, InquiryStatus
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import MessageQueue

if TYPE_CHECKING:
    from lastro.bureaus.inquiries.store import InquiryStore

GRACE = timedelta(seconds=60)
"""An inquiry younger than this is left to the queue."""
_STALE = timedelta(minutes=5)
"""What nobody took so long after its moment is queued once more; taken twice it is asked once."""
MAX_INQUIRIES = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InquirySweep:
    """Queues again what nobody took and ends what lost its process."""

    book: InquiryStore
    queue: MessageQueue
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Sweep the oldest open inquiries; returns what was done, counted."""
        now = self.clock.now()
        counts = {"inquiries": 0, "requeued": 0, "lost": 0}
        for inquiry_id in self.book.list_open(format_moment(now - GRACE)):
            if counts["inquiries"] >= MAX_INQUIRIES:
                break
            counts["inquiries"] += 1
            inquiry = self.book.find(inquiry_id)
            if inquiry is None:
                continue
            try:
                self._sweep(inquiry, counts)
            except Retryable:
                continue  # somebody is writing it this moment
        return counts

    def _sweep(self, inquiry: Inquiry, counts: dict[str, int]) -> None:
        now = self.clock.now()
        if inquiry.may_be_lost(now):
            if self.book.change(inquiry, lost_inquiry(inquiry, self.clock)):
                counts["lost"] += 1
                _log.warning("inquiry lost its process", extra={"inquiry_id": inquiry.id, "provider": inquiry.provider})
                self.queue.send([InquiryMessage(inquiry_id=inquiry.id).model_dump()])
        elif inquiry.status is not InquiryStatus.ASKING and (inquiry.lease_until or "") <= format_moment(now - _STALE):
            waiting = replace(inquiry, lease_until=format_moment(now))
            if self.book.change(inquiry, waiting):
                counts["requeued"] += 1
                self.queue.send([InquiryMessage(inquiry_id=inquiry.id).model_dump()])
