"""Queue of disbursements: send the money of signed contracts, once each, and watch it for a day."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.origination.disbursements.wiring import open_disbursement
from lastro.origination.disbursements.worker import RETRIES
from lastro.origination.processes.steps import StepQueued

disbursement = open_disbursement()


@consumer(StepQueued, RETRIES)
async def handler(delivery: Delivery[StepQueued]) -> Done | Again:
    return await disbursement.process(delivery)
