"""Queue of seals: append the record of the signature and the endorsements, and sign the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lastro.aws.batch import Delivery, consumer
from lastro.origination.contracts.wiring import open_sealing
from lastro.origination.processes.steps import StepQueued, Task

worker = open_sealing()


@consumer(StepQueued)
async def handler(deliveries: Sequence[Delivery[StepQueued]]) -> Mapping[str, int]:
    tasks = [Task(each.id, each.message, each.attempt) for each in deliveries]
    return await worker.process(tasks)
