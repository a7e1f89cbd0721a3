"""Queue of inquiries: ask the bureaus what was to be answered in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lastro.aws.batch import Delivery, consumer
from lastro.bureaus.inquiries.processing import Task
from lastro.bureaus.messages import InquiryMessage
from lastro.bureaus.wiring import open_processor

processor = open_processor()


@consumer(InquiryMessage)
async def handler(deliveries: Sequence[Delivery[InquiryMessage]]) -> Mapping[str, int]:
    return await processor.process([Task(each.id, each.message, each.attempt) for each in deliveries])
