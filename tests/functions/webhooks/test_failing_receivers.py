"""A receiver that hangs or fails holds up its own notices and nobody else's; none of them is lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from lastro.kernel.calendar import format_moment
from lastro.webhooks.callbacks.model import Callback
from lastro.webhooks.deliveries.model import DeliveryStatus, Outcome
from lastro.webhooks.deliveries.sender import NoticeSender
from lastro.webhooks.receivers.model import (
    AT_ONCE,
    FAILURES,
    GIVEN_UP,
    LEASE,
    LONGEST_TURN,
    PAUSES,
    name_callback,
    name_place,
)
from lastro.webhooks.receivers.store import ReceiverStore
from lastro.webhooks.receivers.turns import NoTurn, Turn, Turns
from tests.functions.emulation.faults import watch
from tests.functions.invocation import call_function
from tests.functions.webhooks.conftest import Desk


@pytest.fixture
def turns(desk: Desk) -> Turns:
    return Turns(ReceiverStore(desk.store._table), desk.clock)


def callback_of(desk: Desk) -> Callback:
    found = desk.store.find_callback(desk.shop.partner_id)
    assert found is not None
    return found


def fill(turns: Turns, desk: Desk, name: str) -> list[Turn]:
    """Take every place of a receiver, as tries that hang do."""
    taken = [turns.take(desk.shop.partner_id, name, f"msg_{number}") for number in range(AT_ONCE)]
    held = [turn for turn in taken if isinstance(turn, Turn)]
    assert len(held) == AT_ONCE
    return held


def show(desk: Desk) -> dict[str, Any]:
    shown: dict[str, Any] = call_function("webhooks", "get_callback", shop=desk.shop).json
    return shown


def fail(desk: Desk, times: int) -> None:
    """Have so many notices fail in a row, each tried once."""
    for number in range(times):
        desk.tell(f"fail-{number}-{desk.clock.now()}")
        desk.work_off()


# places ---------------------------------------------------------------------------------------------------------------


def test_a_receiver_has_so_many_places_and_each_is_left_after_its_try(desk: Desk, turns: Turns) -> None:
    held = fill(turns, desk, "r")
    full = turns.take(desk.shop.partner_id, "r", "msg_x")
    assert isinstance(full, NoTurn)
    assert not full.given_up
    assert isinstance(turns.take(desk.shop.partner_id, "other", "msg_x"), Turn)
    assert isinstance(turns.take("other", "r", "msg_x"), Turn)
    turns.end(held[2], Outcome(code=200))
    again = turns.take(desk.shop.partner_id, "r", "msg_x")
    assert isinstance(again, Turn)
    assert again.number == held[2].number
    turns.give_back(again)
    # A process that died leaves its place when its time is over, and what it says afterwards counts no more.
    desk.clock.advance(seconds=LEASE.total_seconds())
    fill(turns, desk, "r")
    assert turns.end(held[0], Outcome(code=500)) is None
    assert isinstance(turns.take(desk.shop.partner_id, "r", "msg_x"), NoTurn)


def test_a_full_receiver_costs_a_notice_no_try_and_the_consumer_no_wait(desk: Desk, turns: Turns) -> None:
    hanging = desk.town.callback("b").replace("127.0.0.1", "localhost")
    held = fill(turns, desk, name_place(hanging))
    waiting = desk.tell("1", url=hanging)
    desk.configure(desk.town.callback("a"))
    other = desk.tell("2")
    records = desk.take()
    with watch("sqs", "SendMessageBatch") as sent:
        assert desk.deliver(records) == []
    assert desk.read(other).status is DeliveryStatus.DELIVERED
    delivery = desk.read(waiting)
    assert (delivery.status, delivery.tries, delivery.waits_outside) == (DeliveryStatus.PENDING, 0, False)
    # A message of its own brings it back within seconds: the first one is over, and so is its count of deliveries.
    [request] = sent
    assert 1 <= request["Entries"][0]["DelaySeconds"] <= 5
    # Longer, the longer the others hang: then the sweep brings it.
    desk.clock.advance(seconds=12)
    assert desk.deliver(records) == []
    assert (desk.read(waiting).tries, desk.read(waiting).waits_outside) == (0, True)
    for turn in held:
        turns.end(turn, Outcome(code=200))
    desk.clock.advance(seconds=LONGEST_TURN.total_seconds() + 60)
    assert desk.sweep() == 1


def test_a_batch_of_one_receiver_takes_its_places_and_the_rest_comes_later(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    notices = [desk.tell(str(number)) for number in range(10)]
    assert desk.work_off() == []
    done = [notice for notice in notices if desk.read(notice).status is DeliveryStatus.DELIVERED]
    assert len(done) >= AT_ONCE
    for _ in range(6):
        desk.clock.advance(seconds=65)
        desk.sweep()
        desk.work_off()
    assert {desk.read(notice).status for notice in notices} == {DeliveryStatus.DELIVERED}
    assert len(desk.town.arrived("a")) == 10


# pauses ---------------------------------------------------------------------------------------------------------------


def test_after_five_failures_in_a_row_notices_wait_and_one_looks_whether_it_is_well_again(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 503, "times": FAILURES})
    fail(desk, FAILURES)
    shown = show(desk)
    assert shown["active"] is True
    assert shown["failing_since"] == format_moment(desk.clock.now())
    assert shown["paused_until"] == format_moment(desk.clock.now() + PAUSES[0])
    notice = desk.tell("while paused")
    assert desk.work_off() == []
    delivery = desk.read(notice)
    assert (delivery.status, delivery.tries, delivery.waits_outside) == (DeliveryStatus.PENDING, 0, True)
    assert len(desk.town.arrived("a")) == FAILURES
    # When the pause is over all are brought; none is lost, and a good answer ends it.
    for _ in range(8):
        desk.clock.advance(seconds=70)
        desk.sweep()
        desk.work_off()
    assert desk.read(notice).status is DeliveryStatus.DELIVERED
    assert {one["status"] for one in desk.page().json["deliveries"]} == {"delivered"}
    assert (show(desk)["failing_since"], show(desk)["paused_until"]) == (None, None)


def test_while_it_fails_one_notice_at_a_time_is_tried_and_pauses_grow(desk: Desk, turns: Turns) -> None:
    for failures in range(1, FAILURES + len(PAUSES) + 1):
        turn = turns.take(desk.shop.partner_id, "r", "msg_1")
        assert isinstance(turn, Turn)
        if failures > 1:
            assert turn.number == 0
            assert isinstance(turns.take(desk.shop.partner_id, "r", "msg_2"), NoTurn)
        receiver = turns.end(turn, Outcome(fault="timeout"))
        assert receiver is not None
        assert receiver.failures == failures
        if failures >= FAILURES:
            pause = PAUSES[min(failures - FAILURES, len(PAUSES) - 1)]
            assert receiver.paused_until == desk.clock.now() + pause
            assert isinstance(turns.take(desk.shop.partner_id, "r", "msg_3"), NoTurn)
            desk.clock.advance(seconds=pause.total_seconds())
    turn = turns.take(desk.shop.partner_id, "r", "msg_4")
    assert isinstance(turn, Turn)
    turns.end(turn, Outcome(code=204))
    fill(turns, desk, "r")


def test_putting_the_callback_again_ends_the_pause(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 503, "times": FAILURES})
    fail(desk, FAILURES)
    desk.clock.advance(seconds=1)
    assert desk.configure(desk.town.callback("a")).json["paused_until"] is None
    assert show(desk)["paused_until"] is None
    notice = desk.tell("now")
    desk.work_off()
    assert desk.read(notice).status is DeliveryStatus.DELIVERED


# given up -------------------------------------------------------------------------------------------------------------


def test_a_callback_that_fails_for_five_days_is_switched_off_and_its_partner_told(desk: Desk, logged: StringIO) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 500})
    fail(desk, 1)
    since = desk.clock.now()
    desk.clock.advance(seconds=(GIVEN_UP - timedelta(minutes=1)).total_seconds())
    fail(desk, 1)
    assert show(desk)["active"] is True
    desk.clock.advance(seconds=61)
    late = desk.tell("late")
    desk.work_off()
    shown = show(desk)
    assert (shown["active"], shown["disabled_reason"]) == (False, "failing")
    assert shown["disabled_at"] == format_moment(desk.clock.now())
    assert shown["failing_since"] == format_moment(since)
    assert "callback switched off" in logged.getvalue()
    told = next(one for one in desk.page().json["deliveries"] if one["event"] == "callback_disabled")
    assert told["status"] == "pending"
    # What was owed is not lost: the partner puts its callback again, and it arrives, the news of the switch with it.
    desk.town.answer_with("a", {"status": 200})
    desk.clock.advance(seconds=1)
    assert desk.configure(desk.town.callback("a")).json["active"] is True
    for _ in range(6):
        desk.clock.advance(hours=1)
        desk.sweep()
        desk.work_off()
    assert desk.read(late).status is DeliveryStatus.DELIVERED
    events = [one["body"].get("event") for one in desk.town.arrived("a")]
    assert "callback_disabled" in events


def test_what_waits_for_another_place_fails_after_five_days_and_can_be_sent_again(
    desk: Desk, turns: Turns, logged: StringIO
) -> None:
    url = desk.town.callback("b")
    desk.town.answer_with("b", {"status": 500})
    name = name_place(url)
    for _ in range(FAILURES):
        turn = turns.take(desk.shop.partner_id, name, "msg_1")
        assert isinstance(turn, Turn)
        turns.end(turn, Outcome(code=500))
    desk.clock.advance(seconds=GIVEN_UP.total_seconds())
    turn = turns.take(desk.shop.partner_id, name, "msg_1")
    assert isinstance(turn, Turn)
    turns.end(turn, Outcome(code=500))
    notice = desk.tell(url=url)
    desk.work_off()
    delivery = desk.read(notice)
    assert (delivery.status, delivery.last_fault, delivery.tries) == (DeliveryStatus.FAILED, "receiver_failing", 0)
    assert "delivery given up" in logged.getvalue()
    desk.town.answer_with("b", {"status": 200})
    desk.clock.advance(seconds=PAUSES[-1].total_seconds())
    assert desk.resend(notice).status == 202
    desk.work_off()
    assert desk.read(notice).status is DeliveryStatus.DELIVERED


def test_a_callback_without_its_secret_leaves_its_place_and_is_no_failure(
    desk: Desk, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.configure(desk.town.callback("a"))
    monkeypatch.setattr("lastro.webhooks.deliveries.delivering.Delivering._request_of", lambda *_: None)
    notice = desk.tell()
    desk.work_off()
    assert desk.read(notice).last_fault == "no_callback"
    assert show(desk)["failing_since"] is None
    fill(turns, desk, name_callback(callback_of(desk)))


def test_a_fault_of_ours_leaves_the_place_and_is_no_failure_of_the_receiver(
    desk: Desk, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.configure(desk.town.callback("a"))

    async def crash(*_: Any) -> Outcome:
        raise ZeroDivisionError

    monkeypatch.setattr(NoticeSender, "post", crash)
    desk.tell()
    assert len(desk.work_off()) == 1
    assert show(desk)["failing_since"] is None
    fill(turns, desk, name_callback(callback_of(desk)))


def test_a_receiver_that_hangs_holds_its_own_try_and_not_what_comes_again_beside_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue is told of a retry while the batch is still held by a receiver that hangs."""
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 503, "times": 1})
    desk.tell("fails")
    hanging = desk.tell("hangs", url=desk.town.callback("b"))
    post = NoticeSender.post
    told_by_then: list[int] = []

    async def hang(sender: NoticeSender, url: str, *arguments: Any) -> Outcome:
        if url.endswith("/b"):
            for _ in range(400):
                if postponed:
                    break
                await asyncio.sleep(0.005)
            told_by_then.append(len(postponed))
        return await post(sender, url, *arguments)

    monkeypatch.setattr(NoticeSender, "post", hang)
    with watch("sqs", "ChangeMessageVisibilityBatch") as postponed:
        desk.work_off()
    assert told_by_then == [1]
    assert desk.read(hanging).status is DeliveryStatus.DELIVERED
