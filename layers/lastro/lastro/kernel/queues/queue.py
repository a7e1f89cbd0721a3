"""Where messages go to be worked later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

BATCH = 10
"""Messages that leave in one request: SQS takes no more."""


class Outgoing(Protocol):
    """A message on its way to a queue."""

    @property
    def group(self) -> str:
        """Among whom the queue shares itself out: the partner it is worked for."""
        ...

    def body(self) -> str:
        """The message as JSON."""
        ...


class MessageQueue(Protocol):
    """A queue: SQS where the system runs, memory where a test looks at what was sent (tests/functions/aws)."""

    def send(self, messages: Sequence[Outgoing], *, delay: int = 0) -> None:
        """Send messages, to be handed out after so many seconds (900 at most); raises ``Retryable`` when some could not
        be sent.
        """
        ...

    def count_waiting(self) -> int:
        """About how many messages nobody has taken yet; raises ``Retryable`` when the queue cannot be reached."""
        ...
