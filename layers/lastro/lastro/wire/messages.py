"""The base of every queue message: identifiers of what is to be worked, never the data themselves."""

from __future__ import annotations

from pydantic import BaseModel


class QueueMessage(BaseModel):
    """What a queue carries as JSON. All of it may be logged."""

    @property
    def subject(self) -> str:
        """What the message is about: two messages about the same are worked once."""
        return self.model_dump_json()
