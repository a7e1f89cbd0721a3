"""The queue message of one inquiry."""

from __future__ import annotations

from lastro.wire.messages import QueueMessage


class InquiryMessage(QueueMessage):
    """Take an inquiry on: ask it when it is queued, look it up when its outcome is unknown."""

    inquiry_id: str

    @property
    def subject(self) -> str:
        return self.inquiry_id
