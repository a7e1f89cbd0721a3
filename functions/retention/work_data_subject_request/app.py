"""Queue of retention: export or erase a slice of what is kept of a person, or end what a sweep left of its shard."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.retention.subjects.messages import RetentionQueued
from lastro.retention.subjects.worker import RETRIES
from lastro.retention.wiring import open_sweep, open_worker

sweep, worker = open_sweep(), open_worker()


@consumer(RetentionQueued, RETRIES)
def handler(delivery: Delivery[RetentionQueued]) -> Done | Again:
    if delivery.message.shard is not None:
        return sweep.process(delivery)
    return worker.process(delivery)
