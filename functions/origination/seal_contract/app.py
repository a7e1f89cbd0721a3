"""Queue of seals: append the record of the signature and the endorsements, and sign the whole."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.origination.contracts.wiring import open_sealing
from lastro.origination.contracts.worker import RETRIES
from lastro.origination.processes.steps import StepQueued

sealing = open_sealing()


@consumer(StepQueued, RETRIES, at_once=1)
def handler(delivery: Delivery[StepQueued]) -> Done | Again:
    return sealing.process(delivery)
