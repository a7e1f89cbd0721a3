"""Queue of data subjects' requests: export or erase a slice of what is kept of a person."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.retention.messages import SubjectRequestQueued
from lastro.retention.wiring import open_work
from lastro.retention.working import RETRIES

work = open_work()


@consumer(SubjectRequestQueued, RETRIES)
def handler(delivery: Delivery[SubjectRequestQueued]) -> Done | Again:
    return work.process(delivery)
