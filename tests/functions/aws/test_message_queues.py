"""One contract for both queues: SQS as functions send to it, and memory as tests look into it."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

import lastro
from lastro.aws.clients import open_client
from lastro.aws.queue import Queue
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import MessageQueue
from lastro.wire.messages import QueueMessage
from tests.functions.emulation.faults import watch
from tests.functions.emulation.resources import create_queue
from tests.memory_queue import MemoryQueue


def find_kinds(base: type[QueueMessage]) -> set[type[QueueMessage]]:
    """Every kind of message that the code sends."""
    for found in pkgutil.walk_packages(lastro.__path__, "lastro."):
        if found.name.endswith((".messages", ".steps")):
            importlib.import_module(found.name)
    return {kind for kind in base.__subclasses__() if kind.__module__.startswith("lastro.")}


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


class Numbered(QueueMessage):
    """A message of this test."""

    number: int
    name: str = "João"
    nested: tuple[int | bool | None, ...] = (1, None, True)


@pytest.mark.parametrize("count", [0, 1, 10, 23])
def test_everything_sent_waits_once(world: World, count: int) -> None:
    messages = [Numbered(partner_id="p", number=number) for number in range(count)]
    world.queue.send(messages)
    assert world.queue.count_waiting() == count
    found = world.take()
    assert sorted(found, key=lambda each: int(each["number"])) == [each.model_dump(mode="json") for each in messages]
    assert world.take() == []


def test_what_was_sent_is_not_changed_by_its_sender(world: World) -> None:
    message = Numbered(partner_id="p", number=1)
    world.queue.send([message])
    message.number = 2
    assert [each["number"] for each in world.take()] == [1]


def test_a_queue_that_takes_nothing_says_so(world: World) -> None:
    world.break_it()
    with pytest.raises(Retryable):
        world.queue.send([Numbered(partner_id="p", number=1)])
    with pytest.raises(Retryable):
        world.queue.count_waiting()


def test_every_message_names_its_partner_to_the_queue_which_shares_itself_out(aws: None) -> None:
    with watch("sqs", "SendMessageBatch") as sent:
        sqs().queue.send([Numbered(partner_id=partner, number=1) for partner in ("a", "b", "a")])
    [request] = sent
    assert [entry["MessageGroupId"] for entry in request["Entries"]] == ["a", "b", "a"]


@pytest.mark.parametrize("kind", sorted(find_kinds(QueueMessage), key=str))
def test_no_message_can_forget_its_partner(kind: type[QueueMessage]) -> None:
    assert kind.model_fields["partner_id"].is_required()
    assert kind.group is QueueMessage.group
