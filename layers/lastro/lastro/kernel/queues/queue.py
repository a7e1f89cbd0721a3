"""Where messages go to be worked later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class MessageQueue(Protocol):
    """A queue: SQS where the system runs, memory where a test looks at what was sent (tests/contract/queues)."""

    def send(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        """Send JSON messages; raises ``Retryable`` when some could not be sent."""
        ...

    def count_waiting(self) -> int:
        """About how many messages nobody has taken yet; raises ``Retryable`` when the queue cannot be reached."""
        ...
