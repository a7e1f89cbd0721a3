"""Queue of conditions: ask the banks, store what they said, create what they suggest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lastro.aws.batch import Delivery, consumer
from lastro.simulations.conditions.messages import ConditionQueued
from lastro.simulations.conditions.processing import Task
from lastro.simulations.wiring import open_processor

processor = open_processor()


@consumer(ConditionQueued)
async def handler(deliveries: Sequence[Delivery[ConditionQueued]]) -> Mapping[str, int]:
    return await processor.process([Task(each.id, each.message, each.attempt) for each in deliveries])
