"""The base of every queue message: identifiers of what is to be worked, never the data themselves."""

from __future__ import annotations

from pydantic import BaseModel, Field

from lastro.kernel.observing.tracing import current_request


class QueueMessage(BaseModel):
    """What a queue carries as JSON. All of it may be logged.

    ``partner_id`` says for whom it is worked: queues hand out what waits in fair turns between partners. ``request_id``
    is that of the request which led to it.
    """

    partner_id: str
    request_id: str | None = Field(default_factory=current_request)

    @property
    def subject(self) -> str:
        """What the message is about: two messages about the same are worked once."""
        return self.model_dump_json(exclude={"request_id"})

    @property
    def group(self) -> str:
        """Among whom the queue shares itself out."""
        return self.partner_id

    def body(self) -> str:
        """The message as the queue carries it."""
        return self.model_dump_json()
