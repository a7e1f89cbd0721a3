"""Queue of conditions: ask the banks, store what they said, create what they suggest."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.simulations.conditions.messages import ConditionQueued
from lastro.simulations.conditions.worker import RETRIES
from lastro.simulations.wiring import open_worker

worker = open_worker()


@consumer(ConditionQueued, RETRIES)
async def handler(delivery: Delivery[ConditionQueued]) -> Done | Again:
    return await worker.process(delivery)
