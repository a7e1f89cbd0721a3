"""Queue of imports: work a file of debtors and boletos on."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.kernel.queues.delivery import Again, Delivery, Done
from lastro.negativations.imports.messages import ImportMessage
from lastro.negativations.imports.wiring import open_import_worker
from lastro.negativations.imports.worker import RETRIES

worker = open_import_worker()


@consumer(ImportMessage, RETRIES)
def handler(delivery: Delivery[ImportMessage]) -> Done | Again:
    return worker.process(delivery)
