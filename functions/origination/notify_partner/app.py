"""Queue of notices: turn every change of a process into a notice to its partner."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.origination.notices.telling import RETRIES
from lastro.origination.notices.wiring import open_telling
from lastro.origination.processes.steps import StepQueued

telling = open_telling()


@consumer(StepQueued, RETRIES)
def handler(delivery: Delivery[StepQueued]) -> Done | Again:
    return telling.process(delivery)
