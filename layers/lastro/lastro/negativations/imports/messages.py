"""The queue message of one import."""

from __future__ import annotations

from lastro.wire.messages import QueueMessage


class ImportMessage(QueueMessage):
    """Work an import on."""

    import_id: str

    @property
    def subject(self) -> str:
        return self.import_id
