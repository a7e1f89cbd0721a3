"""Queue of contracts: draw the CCB of an approved credit, file it and record it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lastro.aws.batch import Delivery, consumer
from lastro.origination.contracts.wiring import open_generation
from lastro.origination.processes.steps import StepQueued, Task

worker = open_generation()


@consumer(StepQueued)
async def handler(deliveries: Sequence[Delivery[StepQueued]]) -> Mapping[str, int]:
    tasks = [Task(each.id, each.message, each.attempt) for each in deliveries]
    return await worker.process(tasks)
