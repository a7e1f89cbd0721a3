"""One contract for both queues: SQS as functions send to it, and memory as tests look into it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.queue import Queue
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import MessageQueue
from tests.functions.pipeline import create_queue
from tests.memory_queue import MemoryQueue


@dataclass
class World:
    """A queue, how to look what waits in it, and how to break it."""

    queue: MessageQueue
    take: Callable[[], list[Any]]
    break_it: Callable[[], None]


def memory() -> World:
    queue = MemoryQueue()
    return World(queue, queue.take, lambda: setattr(queue, "broken", True))


def sqs() -> World:
    url = create_queue("contract", "Deliveries")
    client = open_client("sqs")

    def take() -> list[Any]:
        found: list[Any] = []
        while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            for message in messages:
                found.append(json.loads(message["Body"]))
                client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    return World(Queue(url), take, lambda: client.delete_queue(QueueUrl=url))


@pytest.fixture(params=[memory, sqs])
def world(aws: None, request: pytest.FixtureRequest) -> World:
    made: World = request.param()
    return made


@pytest.mark.parametrize("count", [0, 1, 10, 23])
def test_everything_sent_waits_once(world: World, count: int) -> None:
    bodies = [{"number": number, "name": "João", "nested": {"a": [1, None, True]}} for number in range(count)]
    world.queue.send(bodies)
    assert world.queue.count_waiting() == count
    found = world.take()
    assert sorted(found, key=lambda each: int(each["number"])) == bodies
    assert world.take() == []


def test_what_was_sent_is_not_changed_by_its_sender(world: World) -> None:
    body = {"number": 1}
    world.queue.send([body])
    body["number"] = 2
    assert world.take() == [{"number": 1}]


def test_a_queue_that_takes_nothing_says_so(world: World) -> None:
    world.break_it()
    with pytest.raises(Retryable):
        world.queue.send([{"number": 1}])
    with pytest.raises(Retryable):
        world.queue.count_waiting()
