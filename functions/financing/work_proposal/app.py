"""Queue of proposals: do at a bank what is owed for an attempt."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.financing.bank_work.messages import ProposalQueued
from lastro.financing.bank_work.worker import RETRIES
from lastro.financing.wiring import open_worker
from lastro.kernel.queues.delivery import Again, Delivery, Done

worker = open_worker()


@consumer(ProposalQueued, RETRIES)
async def handler(delivery: Delivery[ProposalQueued]) -> Done | Again:
    return await worker.process(delivery)
