"""The queue message of one code."""

from __future__ import annotations

from lastro.wire.messages import QueueMessage


class CodeAsked(QueueMessage):
    """Send the code of one login, where there is somebody to send it to."""

    login_id: str

    @property
    def subject(self) -> str:
        return self.login_id
