"""A queue in memory, under the contract of SQS (tests/functions/aws/test_message_queues.py)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import Outgoing


@dataclass
class MemoryQueue:
    """Keeps what was sent; ``broken`` takes nothing. ``requests`` counts the calls."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    delays: list[int] = field(default_factory=list)
    requests: int = 0
    broken: bool = False

    def send(self, messages: Sequence[Outgoing], *, delay: int = 0) -> None:
        if self.broken:
            raise Retryable("no queue", code="queue_unreachable")
        self.sent += [json.loads(message.body()) for message in messages]
        self.groups += [message.group for message in messages]
        self.delays += [delay] * len(messages)
        self.requests += 1

    def count_waiting(self) -> int:
        if self.broken:
            raise Retryable("no queue", code="queue_unreachable")
        return len(self.sent)

    def take(self) -> list[dict[str, Any]]:
        taken, self.sent = self.sent, []
        return taken
