"""Queue of inquiries: ask the bureaus what was to be answered in the background."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.bureaus.inquiries.wiring import open_worker
from lastro.bureaus.inquiries.working.worker import RETRIES
from lastro.bureaus.messages import InquiryMessage
from lastro.kernel.queues.delivery import Again, Delivery, Done

worker = open_worker()


@consumer(InquiryMessage, RETRIES)
async def handler(delivery: Delivery[InquiryMessage]) -> Done | Again:
    return await worker.process(delivery)
