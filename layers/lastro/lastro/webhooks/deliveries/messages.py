"""The queue message of one delivery."""

from __future__ import annotations

from lastro.wire.messages import QueueMessage


class NoticeQueued(QueueMessage):
    """Try one delivery."""

    notice_id: str

    @property
    def subject(self) -> str:
        return self.notice_id
