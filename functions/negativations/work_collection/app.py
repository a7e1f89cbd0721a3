"""Queue of collections: walk a shard of a run, or work what it queued of a debtor."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.runs.worker import RETRIES
from lastro.negativations.collection.wiring import open_collection_worker

worker = open_collection_worker()


@consumer(CollectionMessage, RETRIES)
def handler(delivery: Delivery[CollectionMessage]) -> Done | Again:
    return worker.process(delivery)
