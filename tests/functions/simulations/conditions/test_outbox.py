"""Messages that many calls add at once leave in few requests."""

from __future__ import annotations

import asyncio

from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.messages import ConditionQueued
from lastro.simulations.conditions.outbox import Outbox
from tests.memory_queue import MemoryQueue


async def test_messages_added_together_leave_ten_a_request() -> None:
    queue = MemoryQueue()
    outbox = Outbox(ConditionDispatch(lambda bank: queue))
    queued = [ConditionQueued(partner_id="p", simulation_id="s", offset=n, bank="341") for n in range(22)]
    await asyncio.gather(*(outbox.add(queued[n : n + 2]) for n in range(0, 22, 2)))
    assert len(queue.sent) == 22
    assert queue.requests == 3
