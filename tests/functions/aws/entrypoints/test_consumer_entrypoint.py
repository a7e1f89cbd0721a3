"""The queue entrypoint: SQS records in, exactly the failed ids out, each failure with its own wait."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from lastro.aws.entrypoints import consumer as entrypoint
from lastro.aws.entrypoints.consumer import REPORTING_SECONDS, consumer
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries
from lastro.wire.messages import QueueMessage
from tests.functions.conftest import logged

__all__ = ["logged"]

CONTEXT = SimpleNamespace(function_name="lastro-consume")
ENDPOINT = "https://sqs.invalid"
QUEUE = f"{ENDPOINT}/1/work"
RETRIES = Retries((3, 7), attempts=2)
FAULTS = {
    "b": Retryable("later", code="busy"),
    "c": Unknown("perhaps", code="no_answer"),
    "d": Permanent("never", code="gone"),
    "e": ZeroDivisionError("529.982.247-25"),
    "f": asyncio.CancelledError(),
}


class Work(QueueMessage):
    partner_id: str = "p"
    name: str


class VisibilityClient:
    """Stands for the SQS client: keeps what is asked, and answers or raises what it was told to."""

    endpoint = ENDPOINT

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | Exception = {"Successful": []}

    def change_message_visibility_batch(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @property
    def waits(self) -> dict[str, int]:
        """Seconds by receipt, of the one request that was made."""
        [request] = self.asked
        assert request["QueueUrl"] == QUEUE
        return {entry["ReceiptHandle"]: entry["VisibilityTimeout"] for entry in request["Entries"]}


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> VisibilityClient:
    client = VisibilityClient()
    monkeypatch.setattr(entrypoint, "open_client", lambda service: client if service == "sqs" else None)
    return client


def record(name: str, body: str | None = None, attempt: int = 1, about: str = "") -> dict[str, Any]:
    return {
        "messageId": name,
        "receiptHandle": f"receipt-{name}",
        "body": f'{{"name": "{about or name}"}}' if body is None else body,
        "attributes": {"ApproximateReceiveCount": str(attempt)},
        "eventSourceARN": "arn:aws:sqs:sa-east-1:1:work",
    }


def run(handler: Any, *records: dict[str, Any], context: Any = CONTEXT) -> list[str]:
    answer = handler({"Records": list(records)}, context)
    assert list(answer) == ["batchItemFailures"]
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def consume_with(
    answer: Callable[[str], Done | Again] = lambda name: Done(), seen: list[Delivery[Work]] | None = None
) -> Any:
    @consumer(Work, RETRIES)
    async def handler(delivery: Delivery[Work]) -> Done | Again:
        if seen is not None:
            seen.append(delivery)
        return answer(delivery.message.name)

    return handler


def fail(name: str) -> Done:
    if name in FAULTS:
        raise FAULTS[name]
    return Done()


def test_all_is_well(sqs: VisibilityClient) -> None:
    seen: list[Delivery[Work]] = []
    assert run(consume_with(seen=seen), record("a"), record("b", attempt=3)) == []
    assert seen == [Delivery("a", Work(name="a")), Delivery("b", Work(name="b"), 3, is_last=True)]
    assert sqs.asked == []


def test_failures_come_back_with_their_own_waits(sqs: VisibilityClient) -> None:
    answers: dict[str, Done | Again] = {"a": Done(), "b": Again(1), "c": Again(), "d": Again(30)}
    records = [record("a"), record("b"), record("c", attempt=9), record("d")]
    assert run(consume_with(answers.__getitem__), *records) == ["b", "c", "d"]
    assert sqs.waits == {"receipt-b": 1, "receipt-c": 7, "receipt-d": 30}


def test_one_that_fails_leaves_the_others_alone(sqs: VisibilityClient, logged: StringIO) -> None:
    assert run(consume_with(fail), *(record(name) for name in "abcdefg")) == ["b", "c", "e", "f", "d"]
    assert sqs.waits == {f"receipt-{name}": 3 for name in "bcef"}, "what never succeeds is left to the dead letters"
    lines = logged.getvalue()
    for told in ('"code":"busy"', '"code":"no_answer"', '"code":"gone"', "ZeroDivisionError", '"place":"fail:'):
        assert told in lines
    assert lines.count("message retried") == 2
    assert lines.count("message stuck") == 1
    assert lines.count("message crashed") == 2
    assert "529.982.247-25" not in lines, "the text of a fault may hold anything"


def test_a_plain_function_works_in_a_thread(sqs: VisibilityClient) -> None:
    threads: list[threading.Thread] = []

    @consumer(Work, RETRIES)
    def handler(delivery: Delivery[Work]) -> Done:
        threads.append(threading.current_thread())
        return fail(delivery.message.name)

    assert run(handler, record("a"), record("b")) == ["b"]
    assert threading.main_thread() not in threads


def test_who_answers_nothing_is_not_taken_for_done(sqs: VisibilityClient, logged: StringIO) -> None:
    nothing: Any = {"a": None}.get
    assert run(consume_with(nothing), record("a")) == ["a"]
    assert "TypeError" in logged.getvalue()


def test_two_messages_about_the_same_are_worked_once(sqs: VisibilityClient) -> None:
    seen: list[Delivery[Work]] = []
    handler = consume_with(lambda name: Again(4), seen)
    assert run(handler, record("a", attempt=2, about="x"), record("b", about="x"), record("c")) == ["b", "c"]
    assert seen[0] == Delivery("b", Work(name="x"), 2, is_last=True, copies=1)
    assert [delivery.repeated for delivery in seen] == [True, False]


@pytest.mark.parametrize("body", ["", "x", "{}", '{"name": 1}', "[]", '{"name": "a"'])
def test_an_unreadable_message_fails_alone_and_is_not_handed_over(
    sqs: VisibilityClient, logged: StringIO, body: str
) -> None:
    seen: list[Delivery[Work]] = []
    answers: dict[str, Done | Again] = {"a": Done(), "c": Again(2)}
    handler = consume_with(answers.__getitem__, seen)
    assert run(handler, record("a"), record("bad", f"{body}"), record("c")) == ["c", "bad"]
    assert [delivery.id for delivery in seen] == ["a", "c"]
    assert sqs.waits == {"receipt-c": 2}
    assert '"message":"unreadable message"' in logged.getvalue()


def test_a_batch_of_nothing_readable_calls_nobody(sqs: VisibilityClient, logged: StringIO) -> None:
    def never(name: str) -> Done:
        raise AssertionError("called for nothing")

    assert run(consume_with(never), record("a", "529.982.247-25"), record("b", "")) == ["a", "b"]
    assert "529.982.247-25" not in logged.getvalue()
    assert "crashed" not in logged.getvalue()


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
    answers: dict[str, Done | Again] = {"a": Again(1), "b": Done()}
    handler = consume_with(answers.__getitem__)
    assert run(handler, record("a"), record("b")) == ["a"]
    assert "visibility not set" in logged.getvalue()


def test_who_is_not_through_in_time_comes_again_and_the_others_are_told(
    sqs: VisibilityClient, logged: StringIO
) -> None:
    cancelled: list[str] = []

    @consumer(Work, RETRIES)
    async def handler(delivery: Delivery[Work]) -> Done:
        if delivery.message.name == "slow":
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.append(delivery.id)
        return Done()

    left = int(REPORTING_SECONDS * 1000) + 20
    context = SimpleNamespace(function_name="consume", get_remaining_time_in_millis=lambda: left)
    assert run(handler, record("slow"), record("a"), context=context) == ["slow"]
    assert cancelled == ["slow"]
    assert "message out of time" in logged.getvalue()


def test_figures_tell_what_became_of_messages_and_how_old_they_were(
    sqs: VisibilityClient, capsys: pytest.CaptureFixture[str]
) -> None:
    moment = datetime.now(UTC) - timedelta(seconds=90)
    old, fresh, *others = (record(name) for name in "agbdh")
    old["attributes"]["SentTimestamp"] = str(int(moment.timestamp() * 1000))
    fresh["attributes"]["SentTimestamp"] = str(int((moment + timedelta(days=1)).timestamp() * 1000))
    run(consume_with(fail), old, fresh, *others, record("i", "unreadable"))
    [told] = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "CloudWatchMetrics" in line]
    assert told["function"] == "lastro-consume"
    assert (told["MessagesDone"], told["MessagesAgain"], told["MessagesFailed"]) == ([3.0], [1.0], [2.0])
    aged, young = told["MessageAge"]
    assert 90 <= aged < 100
    assert young == 0, "a clock that is ahead makes no message younger than sent"
    [described] = told["_aws"]["CloudWatchMetrics"]
    assert (described["Namespace"], described["Dimensions"]) == ("Lastro", [["function"]])
    assert {each["Name"]: each["Unit"] for each in described["Metrics"]}["MessageAge"] == "Seconds"


def test_a_process_that_dies_answers_nothing(sqs: VisibilityClient) -> None:
    class ProcessKilled(BaseException):
        pass

    def die(name: str) -> Done:
        raise ProcessKilled

    # No answer is how Lambda learns that every message of the batch is to come back.
    with pytest.raises(ProcessKilled):
        run(consume_with(die), record("a"))
    assert sqs.asked == []


def test_one_event_loop_serves_every_batch(sqs: VisibilityClient) -> None:
    loops = []

    @consumer(Work, RETRIES)
    async def handler(delivery: Delivery[Work]) -> Done:
        loops.append(asyncio.get_running_loop())
        return Done()

    run(handler, record("a"))
    run(handler, record("a"))
    assert loops[0] is loops[1]
    assert not loops[0].is_closed()
