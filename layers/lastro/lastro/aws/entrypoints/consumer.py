"""The queue entrypoint: SQS records in, one delivery at a time to the consumer, exactly the failed message ids out.

How a consumer answers is told in ``kernel/queues/delivery.py``. The visibility of what is to come again is set as soon
as that is known, so that a retry waits neither for the rest of its batch nor for the queue's whole time-out; a process
that dies before leaves it to that time-out.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from lastro.aws.clients import open_client
from lastro.aws.entrypoints.garbage import collect_from_now
from lastro.aws.entrypoints.loop import run_to_end
from lastro.aws.log import logger, tell_vendor_calls, timeout_used
from lastro.aws.metrics import publish
from lastro.kernel.calendar import CLOCK
from lastro.kernel.observing import figures
from lastro.kernel.queues.delivery import Again, Consume, Retries, Stuck, gather_deliveries, work_all
from lastro.kernel.queues.gathering import Gathering
from lastro.wire.messages import QueueMessage

MessageT = TypeVar("MessageT", bound=QueueMessage)
Record = Mapping[str, Any]
Handler = Callable[[Mapping[str, Any], Any], dict[str, Any]]

REPORTING_SECONDS = 2.0
"""What is left of the function's time to tell the queue what became of the batch."""


def consumer(
    kind: type[MessageT], retries: Retries, *, at_once: int | None = None
) -> Callable[[Consume[MessageT]], Handler]:
    """Turn a function of one delivery, plain or async, into an SQS handler with partial batch answers.

    The deliveries of a batch are worked together, at most ``at_once`` at the same time.
    """

    def decorate(consume: Consume[MessageT]) -> Handler:
        def handle(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
            started = time.perf_counter()
            records: Sequence[Record] = event["Records"]
            readable, unreadable = _read(kind, records)
            deliveries = gather_deliveries(readable, retries)
            postponing = Gathering(partial(_postpone_some, {record["messageId"]: record for record in records}))
            outcomes = run_to_end(
                work_all(
                    consume,
                    deliveries,
                    retries,
                    at_once=at_once,
                    seconds=_seconds_left(context),
                    postpone=postponing.ask,
                )
            )
            again = [name for name, outcome in outcomes.items() if isinstance(outcome, Again)]
            stuck = [name for name, outcome in outcomes.items() if isinstance(outcome, Stuck)]
            function = getattr(context, "function_name", consume.__module__)
            failed = [*stuck, *unreadable]
            _note([record for record in records if record["messageId"] not in {*again, *failed}], again, failed)
            tell_vendor_calls()
            publish(function)
            logger.info(
                "batch",
                operation=function,
                messages=len(records),
                request_ids=sorted({each.request_id for _, each, _ in readable if each.request_id}),
                again=len(again),
                stuck=len(stuck),
                unreadable=len(unreadable),
                timeout_used=timeout_used(context, started),
            )
            return {"batchItemFailures": [{"itemIdentifier": name} for name in [*again, *failed]]}

        collect_from_now()
        return handle

    return decorate


def _read(kind: type[MessageT], records: Sequence[Record]) -> tuple[list[tuple[str, MessageT, int]], list[str]]:
    """Messages with their ids and counts of deliveries, and the ids of those that cannot be read."""
    readable: list[tuple[str, MessageT, int]] = []
    unreadable: list[str] = []
    for record in records:
        name = record["messageId"]
        try:
            message = kind.model_validate_json(record["body"])
        except ValidationError as error:
            logger.error("unreadable message", message_id=name, problems=error.error_count())
            unreadable.append(name)
        else:
            readable.append((name, message, int(record["attributes"]["ApproximateReceiveCount"])))
    return readable, unreadable


def _note(done: Sequence[Record], again: Collection[str], failed: Collection[str]) -> None:
    """Messages that are over with their age, those to come again, and those the dead letters are to take."""
    for name, number in (("MessagesDone", len(done)), ("MessagesAgain", len(again)), ("MessagesFailed", len(failed))):
        if number:
            figures.note(name, number)
    now = CLOCK.now().timestamp()
    for record in done:
        if sent := record["attributes"].get("SentTimestamp"):
            figures.note("MessageAge", round(max(0.0, now - int(sent) / 1000), 3), figures.Unit.SECONDS)


def _seconds_left(context: Any) -> float | None:
    """What the batch may take; ``None`` where nobody counts."""
    left = getattr(context, "get_remaining_time_in_millis", None)
    return max(0.0, left() / 1000 - REPORTING_SECONDS) if left else None


async def _postpone_some(records: Mapping[str, Record], again: Sequence[tuple[str, int]]) -> None:
    """Tell the queue of deliveries that came to be postponed at the same moment."""
    await asyncio.to_thread(_postpone, [(records[name], seconds) for name, seconds in again])


def _postpone(again: Sequence[tuple[Record, int]]) -> None:
    entries = [
        {"Id": str(position), "ReceiptHandle": record["receiptHandle"], "VisibilityTimeout": seconds}
        for position, (record, seconds) in enumerate(again)
    ]
    sqs = open_client("sqs")
    # Every record of one invocation comes from one queue.
    queue = _queue_url(again[0][0]["eventSourceARN"], sqs.endpoint)
    try:
        answer = sqs.change_message_visibility_batch(QueueUrl=queue, Entries=entries)
    except (BotoCoreError, ClientError) as error:
        # The batch is done: failing it here would deliver what succeeded again as well.
        logger.warning("visibility not set; the queue's own applies", reason=type(error).__name__)
        return
    for failure in answer.get("Failed", []):
        logger.warning("visibility not set; the queue's own applies", reason=failure.get("Code"))


def _queue_url(arn: str, endpoint: str) -> str:
    """Address of the queue ``arn:aws:sqs:<region>:<account>:<name>`` at the endpoint of its region."""
    account, name = arn.split(":")[4:]
    return f"{endpoint.rstrip('/')}/{account}/{name}"
