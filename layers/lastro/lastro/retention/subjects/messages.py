"""The messages of the queue of retention: a request's next slice, or what is left of a shard."""

from __future__ import annotations

from datetime import datetime

from lastro.wire.messages import QueueMessage


class RetentionQueued(QueueMessage):
    """Work the next slice of a data subject's request, or, where a ``shard`` is named, its records that are due; from
    ``until`` on the next sweep has said what is left.
    """

    request_id: str | None = None
    shard: int | None = None
    until: datetime | None = None

    @property
    def subject(self) -> str:
        return self.model_dump_json()
