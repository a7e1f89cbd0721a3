"""The queue entrypoint: SQS records in, exactly the failed ids out, each failure with its own wait."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from pydantic import BaseModel

from lastro.aws import batch
from lastro.aws.batch import Delivery, consumer
from tests.functions.conftest import logged

__all__ = ["logged"]

CONTEXT = SimpleNamespace(function_name="lastro-consume")
ENDPOINT = "https://sqs.invalid"
QUEUE = f"{ENDPOINT}/1/work"


class Work(BaseModel):
    number: int


class VisibilityClient:
    """Stands for the SQS client: keeps what is asked, and answers or raises what it was told to."""

    meta = SimpleNamespace(endpoint_url=ENDPOINT)

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | Exception = {"Successful": []}

    def change_message_visibility_batch(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> VisibilityClient:
    client = VisibilityClient()
    monkeypatch.setattr(batch, "open_client", lambda service: client if service == "sqs" else None)
    return client


def record(name: str, body: str | None = None, attempt: int = 1) -> dict[str, Any]:
    return {
        "messageId": name,
        "receiptHandle": f"receipt-{name}",
        "body": f'{{"number": {len(name)}}}' if body is None else body,
        "attributes": {"ApproximateReceiveCount": str(attempt)},
        "eventSourceARN": "arn:aws:sqs:sa-east-1:1:work",
    }


def run(handler: Any, *records: dict[str, Any]) -> list[str]:
    answer = handler({"Records": list(records)}, CONTEXT)
    assert list(answer) == ["batchItemFailures"]
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def consume_with(again: Mapping[str, int], seen: list[Delivery[Work]] | None = None) -> Any:
    @consumer(Work)
    async def handler(deliveries: Sequence[Delivery[Work]]) -> Mapping[str, int]:
        if seen is not None:
            seen.extend(deliveries)
        return again

    return handler


def test_all_is_well(sqs: VisibilityClient) -> None:
    seen: list[Delivery[Work]] = []
    assert run(consume_with({}, seen), record("a"), record("bb", attempt=3)) == []
    assert seen == [Delivery("a", Work(number=1), 1), Delivery("bb", Work(number=2), 3)]
    assert sqs.asked == []


def test_failures_come_back_with_their_own_waits(sqs: VisibilityClient) -> None:
    handler = consume_with({"b": 1, "d": 30})
    assert run(handler, *(record(name) for name in "abcd")) == ["b", "d"]
    assert sqs.asked == [
        {
            "QueueUrl": QUEUE,
            "Entries": [
                {"Id": "0", "ReceiptHandle": "receipt-b", "VisibilityTimeout": 1},
                {"Id": "1", "ReceiptHandle": "receipt-d", "VisibilityTimeout": 30},
            ],
        }
    ]


@pytest.mark.parametrize("body", ["", "x", "{}", '{"number": "one"}', "[]", '{"number": 1'])
def test_an_unreadable_message_fails_alone_and_is_not_handed_over(
    sqs: VisibilityClient, logged: StringIO, body: str
) -> None:
    seen: list[Delivery[Work]] = []
    handler = consume_with({"c": 2}, seen)
    assert run(handler, record("a"), record("bad", f"{body}"), record("c")) == ["c", "bad"]
    assert [delivery.id for delivery in seen] == ["a", "c"]
    assert [entry["ReceiptHandle"] for entry in sqs.asked[0]["Entries"]] == ["receipt-c"]
    assert '"message":"unreadable message"' in logged.getvalue()


def test_a_batch_of_nothing_readable_calls_nobody(sqs: VisibilityClient, logged: StringIO) -> None:
    async def never(deliveries: Sequence[Delivery[Work]]) -> Mapping[str, int]:
        raise AssertionError("called for nothing")

    assert run(consumer(Work)(never), record("a", "529.982.247-25"), record("b", "")) == ["a", "b"]
    assert "529.982.247-25" not in logged.getvalue()


@pytest.mark.parametrize(
    "answer",
    [
        {"Failed": [{"Id": "0", "Code": "ReceiptHandleIsInvalid", "SenderFault": True}]},
        ClientError({"Error": {"Code": "InternalError", "Message": ""}}, "ChangeMessageVisibilityBatch"),
        EndpointConnectionError(endpoint_url=QUEUE),
    ],
    ids=["entry", "request", "network"],
)
def test_a_wait_that_cannot_be_set_is_told_and_changes_no_answer(
    sqs: VisibilityClient, logged: StringIO, answer: Any
) -> None:
    sqs.answer = answer
    assert run(consume_with({"a": 1}), record("a"), record("b")) == ["a"]
    assert "visibility not set" in logged.getvalue()


def test_a_consumer_that_crashes_fails_the_whole_batch(sqs: VisibilityClient) -> None:
    @consumer(Work)
    async def handler(deliveries: Sequence[Delivery[Work]]) -> Mapping[str, int]:
        raise ZeroDivisionError

    # Raising is how Lambda learns that every message of the batch is to come back.
    with pytest.raises(ZeroDivisionError):
        run(handler, record("a"))


def test_one_event_loop_serves_every_batch(sqs: VisibilityClient) -> None:
    loops = []

    @consumer(Work)
    async def handler(deliveries: Sequence[Delivery[Work]]) -> Mapping[str, int]:
        loops.append(asyncio.get_running_loop())
        return {}

    run(handler, record("a"))
    run(handler, record("a"))
    assert loops[0] is loops[1]
    assert not loops[0].is_closed()
