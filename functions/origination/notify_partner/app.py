"""Queue of notices: turn every change of a process into a notice to its partner."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from lastro.aws.batch import Delivery, consumer
from lastro.origination.notices.wiring import open_telling
from lastro.origination.processes.steps import StepQueued, Task

telling = open_telling()


@consumer(StepQueued)
async def handler(deliveries: Sequence[Delivery[StepQueued]]) -> Mapping[str, int]:
    tasks = [Task(each.id, each.message, each.attempt) for each in deliveries]
    return await asyncio.to_thread(telling.work, tasks)
