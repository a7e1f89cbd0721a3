"""Queue of inquiries: ask the bureaus what was to be answered in the background."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.bureaus.inquiries.wiring import open_processor
from lastro.bureaus.inquiries.working.processing import RETRIES
from lastro.bureaus.messages import InquiryMessage
from lastro.kernel.queues.delivery import Again, Delivery, Done

processor = open_processor()


@consumer(InquiryMessage, RETRIES)
async def handler(delivery: Delivery[InquiryMessage]) -> Done | Again:
    return await processor.process(delivery)
