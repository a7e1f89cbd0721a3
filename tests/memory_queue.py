"""A queue in memory, under the contract of SQS (tests/functions/test_message_queues.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lastro.kernel.errors import Retryable


@dataclass
class MemoryQueue:
    """Keeps what was sent; ``broken`` takes nothing. ``requests`` counts the calls."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    broken: bool = False

    def send(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        if self.broken:
            raise Retryable("no queue", code="queue_unreachable")
        self.sent += [dict(body) for body in bodies]
        self.requests += 1

    def count_waiting(self) -> int:
        if self.broken:
            raise Retryable("no queue", code="queue_unreachable")
        return len(self.sent)

    def take(self) -> list[dict[str, Any]]:
        taken, self.sent = self.sent, []
        return taken
