"""The queue entrypoint: SQS records in, exactly the failed message ids out.

A consumer receives every readable delivery of the batch at once and names those to be delivered again with the
seconds to wait; their visibility is set one by one, so that a retry never waits for the queue's whole time-out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ValidationError

from lastro.aws.clients import open_client
from lastro.aws.log import logger
from lastro.aws.loop import event_loop

Message = TypeVar("Message", bound=BaseModel)

_event_loop = event_loop


@dataclass(frozen=True, slots=True)
class Delivery(Generic[Message]):
    """One message as delivered: ``attempt`` counts receptions from 1."""

    id: str
    message: Message
    attempt: int


Redeliveries = Mapping[str, int]
"""Delivery ids to be delivered again, with the seconds to wait."""

Consumer = Callable[[Sequence[Delivery[Message]]], Awaitable[Redeliveries]]


def consumer(kind: type[Message]) -> Callable[[Consumer[Message]], Callable[[Mapping[str, Any], Any], dict[str, Any]]]:
    """Turn an async batch function into an SQS handler with partial batch answers."""

    def decorate(consume: Consumer[Message]) -> Callable[[Mapping[str, Any], Any], dict[str, Any]]:
        def handle(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
            deliveries: list[Delivery[Message]] = []
            unreadable: list[str] = []
            for record in event["Records"]:
                attempt = int(record["attributes"]["ApproximateReceiveCount"])
                try:
                    message = kind.model_validate_json(record["body"])
                except ValidationError as error:
                    logger.error("unreadable message", message_id=record["messageId"], problems=error.error_count())
                    unreadable.append(record["messageId"])
                    continue
                deliveries.append(Delivery(record["messageId"], message, attempt))
            again = _event_loop().run(_consume(consume, deliveries)) if deliveries else {}
            _postpone([r for r in event["Records"] if r["messageId"] in again], again)
            logger.info(
                "batch",
                operation=getattr(context, "function_name", ""),
                messages=len(event["Records"]),
                again=len(again),
                unreadable=len(unreadable),
            )
            return {"batchItemFailures": [{"itemIdentifier": name} for name in [*again, *unreadable]]}

        return handle

    return decorate


async def _consume(consume: Consumer[Message], deliveries: Sequence[Delivery[Message]]) -> Redeliveries:
    return await consume(deliveries)


def _postpone(records: Sequence[Mapping[str, Any]], again: Redeliveries) -> None:
    if not records:
        return
    entries = [
        {
            "Id": str(position),
            "ReceiptHandle": record["receiptHandle"],
            "VisibilityTimeout": again[record["messageId"]],
        }
        for position, record in enumerate(records)
    ]
    sqs = open_client("sqs")
    # Every record of one invocation comes from one queue.
    queue = _queue_url(records[0]["eventSourceARN"], sqs.meta.endpoint_url)
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
