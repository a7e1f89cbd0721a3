"""The queue message of one request."""

from __future__ import annotations

from lastro.wire.messages import QueueMessage


class SubjectRequestQueued(QueueMessage):
    """Work the next slice of a data subject's request."""

    request_id: str

    @property
    def subject(self) -> str:
        return self.request_id
