"""Queue of collections: walk a shard of a run, or work what it queued of a debtor."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.runs.working import RETRIES
from lastro.negativations.collection.wiring import open_collection_work

work = open_collection_work()


@consumer(CollectionMessage, RETRIES)
def handler(delivery: Delivery[CollectionMessage]) -> Done | Again:
    return work.process(delivery)
