"""Collects generated conditions whose originals end close together, so that their messages are few batches."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from lastro.kernel.queues.queue import BATCH
from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.messages import MOST_TOGETHER, condition_messages
from lastro.simulations.model import Condition, Simulation

_LINGER_SECONDS = 0.025
_FULL = MOST_TOGETHER * BATCH
"""Conditions of a bank that one batch has room for."""


class Outbox:
    """Conditions to be queued within milliseconds; ``add`` returns when its own are."""

    def __init__(self, dispatch: ConditionDispatch) -> None:
        self._dispatch = dispatch
        self._waiting: dict[tuple[str, bool], tuple[Simulation, list[Condition]]] = {}
        self._sending: asyncio.Task[None] | None = None

    async def add(self, simulation: Simulation, conditions: Sequence[Condition], *, repeated: bool = False) -> None:
        """Queue conditions, alone or with others. Raises ``Retryable`` when the queue refuses them."""
        _, waiting = self._waiting.setdefault((simulation.id, repeated), (simulation, []))
        waiting.extend(conditions)
        if len(waiting) >= _FULL:
            await self._flush()
            return
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_soon())
        await asyncio.shield(self._sending)

    async def _flush(self) -> None:
        """Queue what waits, now."""
        taken, self._waiting = self._waiting, {}
        messages = [
            message
            for (_, repeated), (simulation, conditions) in taken.items()
            for start in range(0, len(conditions), _FULL)
            for message in condition_messages(simulation, conditions[start : start + _FULL], repeated=repeated)
        ]
        if messages:
            await asyncio.to_thread(self._dispatch.send, messages)

    async def _send_soon(self) -> None:
        await asyncio.sleep(_LINGER_SECONDS)
        self._sending = None
        await self._flush()
