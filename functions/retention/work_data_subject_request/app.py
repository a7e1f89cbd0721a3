"""Queue of data subjects' requests: export or erase a slice of what is kept of a person."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.retention.subjects.messages import SubjectRequestQueued
from lastro.retention.subjects.worker import RETRIES
from lastro.retention.wiring import open_worker

worker = open_worker()


@consumer(SubjectRequestQueued, RETRIES)
def handler(delivery: Delivery[SubjectRequestQueued]) -> Done | Again:
    return worker.process(delivery)
