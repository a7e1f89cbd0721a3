"""The queue message of one inquiry."""

from __future__ import annotations

from lastro.bureaus.model import Inquiry
from lastro.kernel.observing.tracing import request_after
from lastro.wire.messages import QueueMessage


class InquiryMessage(QueueMessage):
    """Take an inquiry on: ask it when it is queued, look it up when its outcome is unknown."""

    inquiry_id: str

    @property
    def subject(self) -> str:
        return self.inquiry_id


def inquiry_message(inquiry: Inquiry) -> InquiryMessage:
    request_id = request_after(inquiry.request_id)
    return InquiryMessage(partner_id=inquiry.partner_id, request_id=request_id, inquiry_id=inquiry.id)
