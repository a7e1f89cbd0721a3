"""Messages that many calls add at once leave in few requests."""

from __future__ import annotations

import asyncio

from lastro.simulations.conditions.outbox import Outbox
from tests.memory_queue import MemoryQueue


async def test_messages_added_together_leave_ten_a_request() -> None:
    queue = MemoryQueue()
    outbox = Outbox(queue)
    await asyncio.gather(*(outbox.add([{"n": n}, {"n": n}]) for n in range(11)))
    assert len(queue.sent) == 22
    assert queue.requests == 3
