"""Queue of analyses: decide on signups and proposals, one named check after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lastro.aws.batch import Delivery, consumer
from lastro.origination.analysis.wiring import open_analysis
from lastro.origination.processes.steps import StepQueued, Task

analysis = open_analysis()


@consumer(StepQueued)
async def handler(deliveries: Sequence[Delivery[StepQueued]]) -> Mapping[str, int]:
    return await analysis.process([Task(each.id, each.message, each.attempt) for each in deliveries])
