"""Collects the messages of conditions that end close together, so that they leave ten a request."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.messages import ConditionQueued

_LINGER_SECONDS = 0.025
_FULL = 10


class Outbox:
    """Messages to be sent within milliseconds; ``add`` returns when its own messages are sent."""

    def __init__(self, dispatch: ConditionDispatch) -> None:
        self._dispatch = dispatch
        self._waiting: list[ConditionQueued] = []
        self._sending: asyncio.Task[None] | None = None

    async def add(self, messages: Sequence[ConditionQueued]) -> None:
        """Send messages, alone or with others. Raises ``Retryable`` when the queue refuses them."""
        self._waiting.extend(messages)
        if len(self._waiting) >= _FULL:
            await self.flush()
            return
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_soon())
        await asyncio.shield(self._sending)

    async def flush(self) -> None:
        """Send what waits, now."""
        taken, self._waiting = self._waiting, []
        if taken:
            await asyncio.to_thread(self._dispatch.send, taken)

    async def _send_soon(self) -> None:
        await asyncio.sleep(_LINGER_SECONDS)
        self._sending = None
        await self.flush()
