"""Queue of contracts: draw the CCB of an approved credit, file it and record it."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.origination.contracts.wiring import open_generation
from lastro.origination.contracts.worker import RETRIES
from lastro.origination.processes.steps import StepQueued

generation = open_generation()


@consumer(StepQueued, RETRIES, at_once=1)
def handler(delivery: Delivery[StepQueued]) -> Done | Again:
    return generation.process(delivery)
