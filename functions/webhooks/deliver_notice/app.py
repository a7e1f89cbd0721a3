"""Queue of deliveries: post notices to partners."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.webhooks.deliveries.delivering import RETRIES
from lastro.webhooks.deliveries.messages import NoticeQueued
from lastro.webhooks.wiring import open_delivering

delivering = open_delivering()


@consumer(NoticeQueued, RETRIES)
async def handler(delivery: Delivery[NoticeQueued]) -> Done | Again:
    return await delivering.process(delivery)
