"""Queue of disbursements: send the money of signed contracts, once each, and watch it for a day."""

from collections.abc import Mapping, Sequence

from lastro.aws.batch import Delivery, consumer
from lastro.origination.disbursements.wiring import open_disbursement
from lastro.origination.processes.steps import StepQueued, Task


@consumer(StepQueued)
async def handler(deliveries: Sequence[Delivery[StepQueued]]) -> Mapping[str, int]:
    return await open_disbursement().process([Task(each.id, each.message, each.attempt) for each in deliveries])
