"""Queue of deliveries: post notices to partners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lastro.aws.batch import Delivery, consumer
from lastro.webhooks.deliveries.delivering import DeliveryTask
from lastro.webhooks.deliveries.messages import NoticeQueued
from lastro.webhooks.wiring import open_delivering

delivering = open_delivering()


@consumer(NoticeQueued)
async def handler(deliveries: Sequence[Delivery[NoticeQueued]]) -> Mapping[str, int]:
    return await delivering.work([DeliveryTask(each.id, each.message.notice_id) for each in deliveries])
