"""Queue of listings: ask the bureaus for what was accepted, once each, and join what they tell."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.negativations.listings.messages import ListingMessage
from lastro.negativations.listings.wiring import open_listing_worker
from lastro.negativations.listings.working.sending import RETRIES

worker = open_listing_worker()


@consumer(ListingMessage, RETRIES)
async def handler(delivery: Delivery[ListingMessage]) -> Done | Again:
    return await worker.process(delivery)
