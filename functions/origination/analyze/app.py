"""Queue of analyses: decide on signups and proposals, one named check after another."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.origination.analysis.wiring import open_analysis
from lastro.origination.analysis.worker import RETRIES
from lastro.origination.processes.steps import StepQueued

analysis = open_analysis()


@consumer(StepQueued, RETRIES)
async def handler(delivery: Delivery[StepQueued]) -> Done | Again:
    return await analysis.process(delivery)
