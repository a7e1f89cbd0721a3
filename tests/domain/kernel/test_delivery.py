"""The loop that works a batch: each delivery on its own, all together, and questions asked at once answered once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.kernel.queues.delivery import Again, Delivery, Done, Outcome, Retries, Stuck, gather_deliveries, work_all
from lastro.kernel.queues.gathering import Gathering

RETRIES = Retries((1, 4, 9))

SAYINGS: dict[str, tuple[Outcome | BaseException, Outcome | Stuck | None]] = {
    "done": (Done(), Done()),
    "again": (Again(5), Again(5)),
    "later": (Again(), None),
    "retryable": (Retryable("x"), None),
    "unknown": (Unknown("x"), None),
    "permanent": (Permanent("x"), Stuck()),
    "crash": (KeyError("x"), None),
    "cancelled": (asyncio.CancelledError(), None),
}
"""What a consumer says, and what follows; ``None``: again, after the seconds of the attempt."""


@dataclass(frozen=True)
class Note:
    subject: str


@given(st.lists(st.tuples(st.sampled_from(sorted(SAYINGS)), st.integers(1, 6)), max_size=10), st.none() | st.just(2))
def test_each_has_its_own_end_whatever_the_others_say(said: list[tuple[str, int]], at_once: int | None) -> None:
    async def consume(delivery: Delivery[Note]) -> Outcome:
        await asyncio.sleep(0)
        answer, _ = SAYINGS[delivery.message.subject]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    deliveries = [Delivery(str(n), Note(word), attempt) for n, (word, attempt) in enumerate(said)]
    found = asyncio.run(work_all(consume, deliveries, RETRIES, at_once=at_once))
    expected = [SAYINGS[word][1] or Again((1, 4, 9)[min(attempt, 3) - 1]) for word, attempt in said]
    assert list(found.values()) == expected
    assert list(found) == [delivery.id for delivery in deliveries]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9)), max_size=10))
def test_of_messages_about_the_same_the_last_is_worked_as_what_was_delivered_most(
    received: list[tuple[str, int]],
) -> None:
    messages = [(str(n), Note(subject), attempt) for n, (subject, attempt) in enumerate(received)]
    found = gather_deliveries(messages, Retries((1,), attempts=5))
    assert [each.message.subject for each in found] == list(dict.fromkeys(subject for subject, _ in received))
    for each in found:
        mine = [(n, attempt) for n, (subject, attempt) in enumerate(received) if subject == each.message.subject]
        assert int(each.id) == mine[-1][0]
        assert each.attempt == max(attempt for _, attempt in mine)
        assert (each.copies, each.is_last) == (len(mine) - 1, each.attempt >= 5)
        assert each.repeated == (len(mine) > 1 or each.attempt > 1)


@pytest.mark.parametrize(("at_once", "peak"), [(None, 5), (2, 2), (1, 1)])
async def test_so_many_are_worked_at_once(at_once: int | None, peak: int) -> None:
    working = most = 0

    async def consume(delivery: Delivery[Note]) -> Done:
        nonlocal working, most
        working += 1
        most = max(most, working)
        await asyncio.sleep(0)
        working -= 1
        return Done()

    deliveries = [Delivery(str(n), Note(str(n))) for n in range(5)]
    assert set((await work_all(consume, deliveries, RETRIES, at_once=at_once)).values()) == {Done()}
    assert most == peak


async def test_who_could_not_begin_in_time_comes_again() -> None:
    begun: list[str] = []

    async def consume(delivery: Delivery[Note]) -> Done:
        begun.append(delivery.id)
        await asyncio.Event().wait()
        return Done()

    deliveries = [Delivery(str(n), Note(str(n))) for n in range(3)]
    found = await work_all(consume, deliveries, RETRIES, at_once=1, seconds=0.01)
    assert set(found.values()) == {Again(1)}
    assert begun[0] == "0"


async def test_what_is_asked_at_the_same_moment_is_answered_by_one_call() -> None:
    asked: list[Sequence[int]] = []

    async def answer(questions: Sequence[int]) -> int:
        asked.append(questions)
        await asyncio.sleep(0)
        if 0 in questions:
            raise Retryable("none")
        return sum(questions)

    gathering = Gathering(answer)
    assert await asyncio.gather(*map(gathering.ask, (1, 2, 3))) == [6, 6, 6]
    assert await gathering.ask(4) == 4
    failed = await asyncio.gather(*map(gathering.ask, (5, 0)), return_exceptions=True)
    assert [type(each) for each in failed] == [Retryable, Retryable]
    assert asked == [[1, 2, 3], [4], [5, 0]]


async def test_one_who_gives_up_takes_the_answer_from_nobody() -> None:
    async def answer(questions: Sequence[int]) -> int:
        await asyncio.sleep(0)
        return sum(questions)

    gathering = Gathering(answer)
    first, second = (asyncio.create_task(gathering.ask(number)) for number in (1, 2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 3
