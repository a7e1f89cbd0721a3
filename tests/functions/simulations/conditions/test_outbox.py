"""Conditions that many originals generate at once leave in few messages."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.outbox import Outbox
from lastro.simulations.model import Condition
from tests.domain.simulations.simulation_samples import NOW, SIMULATION
from tests.memory_queue import MemoryQueue

OWED = Condition(
    id=100, offset=0, bank="341", installments=48, down_payment=100_000, created_at=NOW, options={"max_return": 5}
)


@pytest.mark.parametrize(("generated", "each", "messages", "requests"), [(8, 2, 8, 1), (22, 2, 12, 2), (21, 3, 11, 2)])
async def test_conditions_generated_together_leave_as_few_batches(
    generated: int, each: int, messages: int, requests: int
) -> None:
    queue = MemoryQueue()
    outbox = Outbox(ConditionDispatch(lambda bank: queue))
    owed = [replace(OWED, offset=number) for number in range(generated)]
    await asyncio.gather(*(outbox.add(SIMULATION, owed[n : n + each]) for n in range(0, generated, each)))
    offsets = [offset for one in queue.sent for offset in (one["offset"], *one["beside"])]
    assert sorted(offsets) == list(range(generated))
    assert (len(queue.sent), queue.requests) == (messages, requests)


async def test_what_may_have_been_queued_before_is_not_mixed_with_what_was_not() -> None:
    queue = MemoryQueue()
    outbox = Outbox(ConditionDispatch(lambda bank: queue))
    fresh, old = replace(OWED, offset=1), replace(OWED, offset=4)
    await asyncio.gather(outbox.add(SIMULATION, [fresh]), outbox.add(SIMULATION, [old], repeated=True))
    assert {one["offset"]: one["repeated"] for one in queue.sent} == {1: False, 4: True}
