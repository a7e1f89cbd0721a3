"""A queue and the function that works it off, as tests say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, ClassVar

from lastro.aws.clients import open_client
from tests.functions.invocation import load_function, sample_event

Record = dict[str, Any]


class Consumer:
    """What a desk can do that knows the address of its queue, or of each, and whose ``consumes`` names context and
    operation.
    """

    queue_url: str
    consumes: ClassVar[tuple[str, str]]

    def take(self) -> list[Record]:
        """Every waiting message as Lambda hands it over; taken ones stay hidden."""
        return self.take_of(self.queue_url)

    def take_of(self, queue_url: str) -> list[Record]:
        """Those of one queue."""
        taken: list[Record] = []
        while True:
            answer = open_client("sqs").receive_message(
                QueueUrl=queue_url, MaxNumberOfMessages=10, AttributeNames=["All"]
            )
            if not answer.get("Messages"):
                return taken
            taken += [as_record(self.sample_record(), message, queue_url) for message in answer["Messages"]]

    def deliver(self, records: Sequence[Record], *, attempt: int = 1) -> list[str]:
        """Invoke the function with one batch; the message ids it wants delivered again."""
        event = {
            "Records": [
                {**record, "attributes": {**record["attributes"], "ApproximateReceiveCount": str(attempt)}}
                for record in records
            ]
        }
        answer = self.invoke(self.consumes[1], event)
        assert set(answer) == {"batchItemFailures"}
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def run_schedule(self, operation: str, business_date: date | None = None) -> dict[str, int]:
        """Invoke a scheduled function of the context, for a day if one is given; what it counted."""
        detail = {"detail": {"business_date": business_date.isoformat()}} if business_date else {}
        counts: dict[str, int] = self.invoke(operation, sample_event(self.consumes[0], operation) | detail)
        return counts

    def invoke(self, operation: str, event: Mapping[str, Any]) -> Any:
        context = SimpleNamespace(function_name=operation)
        return load_function(self.consumes[0], operation).handler(event, context)

    def sample_record(self) -> Record:
        record: Record = sample_event(*self.consumes)["Records"][0]
        return record


def as_record(sample: Record, message: Mapping[str, Any], queue_url: str) -> Record:
    """A message received from a queue in the form of the sample event's record."""
    account, name = queue_url.split("/")[-2:]
    return {
        **sample,
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "eventSourceARN": f"arn:aws:sqs:{sample['awsRegion']}:{account}:{name}",
    }
