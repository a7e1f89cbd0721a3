"""Notices reach their receivers: authenticated, signed, with the same body however often it takes."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.calendar import format_moment
from lastro.kernel.observing.tracing import tracing
from lastro.kernel.queues.delivery import Again
from lastro.kernel.queues.delivery import Delivery as Queued
from lastro.webhooks import wiring
from lastro.webhooks.deliveries.messages import NoticeQueued
from lastro.webhooks.deliveries.model import (
    DELAYS,
    LEASE,
    Delivery,
    DeliveryStatus,
    Outcome,
    begin_delivery,
    claim_try,
    note_try,
    send_again,
)
from lastro.webhooks.deliveries.sender import NoticeSender
from lastro.webhooks.service import make_notice
from lastro.webhooks.store import WebhookStore
from tests.clock import START
from tests.functions.conftest import OpenShop
from tests.functions.emulation.faults import failing, watch
from tests.functions.invocation import call_function, load_function
from tests.functions.webhooks.conftest import Desk

AUTHENTICATIONS = [
    ({"type": "BEARER", "token": "tk-1"}, {"authorization": "Bearer tk-1"}),
    (
        {"type": "BASIC", "user": "lastro", "password": "s:e nha"},
        {"authorization": "Basic " + base64.b64encode(b"lastro:s:e nha").decode()},
    ),
    ({"type": "X_AUTH_TOKEN", "token": "tk-3"}, {"x-auth-token": "tk-3"}),
    ({"type": "URL"}, {}),
]


@pytest.mark.parametrize(("model", "headers"), AUTHENTICATIONS, ids=[model["type"] for model, _ in AUTHENTICATIONS])
def test_each_authentication_model(desk: Desk, model: dict[str, str], headers: dict[str, str]) -> None:
    desk.configure(f"{desk.town.callback('a')}?token=t%C3%A9", model)
    notice = desk.tell()
    assert desk.work_off() == []
    [arrived] = desk.town.arrived("a")
    assert arrived["body"] == {"id": "8f14e45fceea467fa1b5c3a1d8b0e7c2", "name": "Ana Conceição"}
    assert arrived["query"] == {"token": "té"}
    assert arrived["headers"]["content-type"] == "application/json"
    sent = {name: arrived["headers"].get(name) for name in ("authorization", "x-auth-token")}
    assert sent == {"authorization": None, "x-auth-token": None, **headers}
    assert arrived["headers"]["host"] == desk.town.url.removeprefix("http://")
    delivery = desk.read(notice)
    assert (delivery.status, delivery.tries, delivery.last_code) == (DeliveryStatus.DELIVERED, 1, 200)


def test_a_failing_receiver_is_tried_again_with_the_same_body(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 500, "times": 2})
    notice = desk.tell()
    records = desk.take()
    with watch("sqs", "ChangeMessageVisibilityBatch") as postponed:
        assert desk.deliver(records) == [records[0]["messageId"]]
        desk.clock.advance(seconds=2)
        assert desk.deliver(records) == [records[0]["messageId"]]
        desk.clock.advance(seconds=5)
        assert desk.deliver(records) == []
    assert [request["Entries"][0]["VisibilityTimeout"] for request in postponed] == [2, 5]
    arrived = desk.town.arrived("a")
    assert [one["answered"] for one in arrived] == [500, 500, 200]
    assert len({one["text"] for one in arrived}) == 1
    assert len({one["headers"]["webhook-id"] for one in arrived}) == 1
    assert desk.read(notice).tries == 3


def test_a_longer_wait_is_left_to_the_sweep(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 503, "times": 5})
    notice = desk.tell()
    [record] = desk.take()
    for seconds in (2, 5, 15):
        assert desk.deliver([record]) == [record["messageId"]]
        desk.clock.advance(seconds=seconds)
    assert desk.deliver([record]) == []
    assert desk.sweep() == 0
    desk.clock.advance(seconds=60)
    assert desk.sweep() == 1
    assert desk.work_off() == []
    desk.clock.advance(minutes=5)
    assert desk.sweep() == 1
    assert desk.work_off() == []
    assert desk.read(notice).status is DeliveryStatus.DELIVERED
    assert len(desk.town.arrived("a")) == 6
    desk.clock.advance(days=2)
    assert desk.sweep() == 0


def test_who_never_answers_well_is_given_up_within_a_day(desk: Desk, logged: StringIO) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 404})
    notice = desk.tell()
    for delay in (*DELAYS, timedelta()):
        desk.sweep()
        desk.deliver(desk.take()[:1])
        desk.clock.advance(seconds=max(delay.total_seconds(), 0) + 61 * (delay.total_seconds() <= 15))
    delivery = desk.read(notice)
    assert (delivery.status, delivery.tries, delivery.last_code) == (DeliveryStatus.FAILED, len(DELAYS) + 1, 404)
    assert delivery.next_at is None
    assert sum(DELAYS, timedelta()) < timedelta(days=1)
    desk.clock.advance(days=1)
    assert desk.sweep() == 0
    assert "delivery given up" in logged.getvalue()


def test_a_message_that_was_lost_is_sent_by_the_sweep(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    with failing("sqs", "SendMessageBatch", {"Failed": [{"Id": "0", "Code": "x", "SenderFault": False}]}):
        notice = desk.tell()
    assert desk.take() == []
    assert desk.sweep() == 0
    desk.clock.advance(seconds=60)
    # Queued once, although nobody has taken it yet.
    assert [desk.sweep(), desk.sweep()] == [1, 0]
    assert desk.work_off() == []
    assert desk.read(notice).status is DeliveryStatus.DELIVERED


def test_duplicates_change_nothing(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 500, "times": 1})
    desk.tell("1")
    desk.tell("1")
    records = desk.take()
    assert len(records) == 1
    twice = [records[0], {**records[0], "messageId": "other"}]
    assert len(desk.deliver(twice)) == 1
    assert len(desk.town.arrived("a")) == 1
    # Before its time: the wait of two seconds is not over.
    assert desk.deliver(records) == []
    assert len(desk.town.arrived("a")) == 1
    desk.clock.advance(seconds=2)
    assert desk.deliver(records) == []
    assert desk.deliver(records) == []
    assert len(desk.town.arrived("a")) == 2


def test_a_process_that_dies_after_posting_posts_again(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    notice = desk.tell()
    records = desk.take()
    save = WebhookStore.save_delivery

    def die_after_posting(store: WebhookStore, after: Delivery) -> bool:
        if after.tries:
            raise RuntimeError("killed")
        return save(store, after)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WebhookStore, "save_delivery", die_after_posting)
        assert desk.deliver(records) == [records[0]["messageId"]]
    # For as long as the dead process might live, nobody else posts; then the sweep brings it.
    assert desk.deliver(records) == [records[0]["messageId"]]
    assert len(desk.town.arrived("a")) == 1
    assert desk.sweep() == 0
    desk.clock.advance(seconds=60)
    assert desk.sweep() == 1
    assert desk.deliver(records) == []
    first, second = desk.town.arrived("a")
    assert first["text"] == second["text"]
    assert first["headers"]["webhook-id"] == second["headers"]["webhook-id"] == notice


def test_one_slow_or_broken_receiver_delays_no_other(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    fine = desk.tell("1")
    broken = desk.tell("2", url="http://127.0.0.1:1/x")
    records = desk.take()
    failed = desk.deliver(records)
    [other] = [record["messageId"] for record in records if broken in record["body"]]
    assert failed == [other]
    assert desk.read(fine).status is DeliveryStatus.DELIVERED
    assert (desk.read(broken).last_code, desk.read(broken).last_fault) == (None, "no_connection")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(desk: Desk, status: int) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": status, "times": 1})
    notice = desk.tell()
    assert len(desk.work_off()) == 1
    assert len(desk.town.arrived("a")) == 1
    assert desk.read(notice).last_code == status


def test_without_a_callback_a_delivery_waits_for_one(desk: Desk) -> None:
    notice = desk.tell()
    [record] = desk.take()
    assert len(desk.deliver([record])) == 1
    assert desk.read(notice).last_fault == "no_callback"
    desk.configure(desk.town.callback("a"))
    desk.clock.advance(seconds=2)
    assert desk.deliver([record]) == []
    assert len(desk.town.arrived("a")) == 1


def test_a_message_of_no_notice_is_dropped(desk: Desk, logged: StringIO) -> None:
    desk.tell()
    [record] = desk.take()
    gone = {**record, "body": json.dumps({"partner_id": "p", "notice_id": "msg_" + "0" * 32})}
    assert desk.deliver([gone]) == []
    assert "message of no notice" in logged.getvalue()


def test_no_log_line_holds_an_address_or_a_secret(desk: Desk, logged: StringIO) -> None:
    desk.configure(f"{desk.town.callback('a')}?chave=segredo", {"type": "BEARER", "token": "segredo-tambem"})
    desk.town.answer_with("a", {"status": 500, "times": 1})
    desk.tell()
    desk.work_off()
    for text in ("segredo", desk.town.url, "Conceição"):
        assert text not in logged.getvalue()


# the listing and sending again ---------------------------------------------------------------------------------------


def test_deliveries_are_listed_newest_first_page_by_page(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    ids = []
    for number in range(5):
        ids.append(desk.tell(str(number)))
        desk.clock.advance(seconds=1)
    desk.work_off()
    first = desk.page(per_page="2")
    assert [one["id"] for one in first.json["deliveries"]] == ids[:2:-1]
    second = desk.page(per_page="2", cursor=first.json["next_cursor"])
    third = desk.page(per_page="2", cursor=second.json["next_cursor"])
    pages = (first, second, third)
    assert [one["id"] for page in pages for one in page.json["deliveries"]] == ids[::-1]
    assert third.json["next_cursor"] is None
    assert {(one["status"], one["tries"], one["last_code"]) for one in first.json["deliveries"]} == {
        ("delivered", 1, 200)
    }
    assert desk.page(status="failed").json == {"deliveries": [], "next_cursor": None}
    assert len(desk.page(subject="8f14e45fceea467fa1b5c3a1d8b0e7c2").json["deliveries"]) == 5
    assert desk.page(cursor="ontem").status == 400


def test_a_delivery_can_be_sent_again_by_its_owner_only(desk: Desk, open_shop: OpenShop) -> None:
    desk.configure(desk.town.callback("a"))
    notice = desk.tell()
    desk.work_off()
    other = open_shop()
    assert desk.resend(notice, other).status == 404
    assert desk.page().json["deliveries"][0]["id"] == notice
    assert call_function("webhooks", "list_deliveries", shop=other).json["deliveries"] == []
    answer = desk.resend(notice)
    assert (answer.status, answer.json["status"], answer.json["tries"]) == (202, "pending", 1)
    desk.configure(desk.town.callback("b"))
    assert desk.work_off() == []
    assert desk.town.arrived("b")[0]["text"] == desk.town.arrived("a")[0]["text"]
    assert (desk.read(notice).status, desk.read(notice).tries) == (DeliveryStatus.DELIVERED, 2)
    assert desk.resend("msg_" + "0" * 32).status == 404
    assert desk.resend("../x").status == 400


def test_a_delivery_being_tried_is_neither_tried_nor_sent_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.configure(desk.town.callback("a"))
    notice = desk.tell()
    records = desk.take()
    post = NoticeSender.post
    during: list[Any] = []

    async def look_around(sender: NoticeSender, *arguments: Any) -> Outcome:
        if not during:
            during.append(desk.resend(notice))
            during.append(await process(Queued("other", NoticeQueued(partner_id="p", notice_id=notice))))
        return await post(sender, *arguments)

    process = load_function("webhooks", "deliver_notice").delivering.process
    monkeypatch.setattr(NoticeSender, "post", look_around)
    assert desk.deliver(records) == []
    resent, again = during
    assert (resent.status, resent.json["code"]) == (409, "delivery_busy")
    assert again == Again(60)
    assert len(desk.town.arrived("a")) == 1
    assert (desk.read(notice).tries, desk.read(notice).lease_until) == (1, None)
    assert desk.resend(notice).status == 202


def test_gone_switches_the_callback_off_and_putting_it_again_switches_it_on(desk: Desk, logged: StringIO) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("a", {"status": 410, "times": 1})
    first, second = desk.tell("1"), desk.tell("2")
    one, other = desk.take()
    assert desk.deliver([one]) == []
    answered = next(each for each in (first, second) if desk.read(each).tries)
    waiting = second if answered == first else first
    assert (desk.read(answered).status, desk.read(answered).last_code) == (DeliveryStatus.FAILED, 410)
    shown = call_function("webhooks", "get_callback", shop=desk.shop).json
    assert (shown["active"], shown["disabled_reason"]) == (False, "gone")
    assert shown["disabled_at"] == format_moment(desk.clock.now())
    assert "callback switched off" in logged.getvalue()
    assert not wiring.open_notices().is_wanted(desk.shop.partner_id)
    # What is owed waits, and nothing is sent.
    desk.deliver([other])
    assert (desk.read(waiting).status, desk.read(waiting).last_fault) == (DeliveryStatus.PENDING, "callback_disabled")
    assert len(desk.town.arrived("a")) == 1
    shown = desk.configure(desk.town.callback("a")).json
    assert (shown["active"], shown["disabled_at"], shown["disabled_reason"]) == (True, None, None)
    assert wiring.open_notices().is_wanted(desk.shop.partner_id)
    desk.clock.advance(seconds=2)
    assert desk.deliver([other]) == []
    assert desk.resend(answered).status == 202
    assert desk.work_off() == []
    assert {desk.read(each).status for each in (first, second)} == {DeliveryStatus.DELIVERED}


def test_gone_of_an_address_that_was_replaced_switches_nothing_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.configure(desk.town.callback("a"))
    notice = desk.tell()

    async def replaced_meanwhile(*_: Any) -> Outcome:
        desk.clock.advance(seconds=1)
        desk.configure(desk.town.callback("b"))
        return Outcome(code=410)

    monkeypatch.setattr(NoticeSender, "post", replaced_meanwhile)
    desk.work_off()
    assert desk.read(notice).status is DeliveryStatus.FAILED
    assert call_function("webhooks", "get_callback", shop=desk.shop).json["active"] is True


def test_gone_at_a_simulations_own_address_ends_that_delivery_alone(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    desk.town.answer_with("b", {"status": 410})
    notice = desk.tell(url=desk.town.callback("b"))
    assert desk.work_off() == []
    assert (desk.read(notice).status, desk.read(notice).tries) == (DeliveryStatus.FAILED, 1)
    assert call_function("webhooks", "get_callback", shop=desk.shop).json["active"] is True


# the rules of a delivery ----------------------------------------------------------------------------------------------

outcomes = st.builds(Outcome, code=st.integers(200, 599)) | st.builds(Outcome, fault=st.just("timeout"))


def _new() -> Delivery:
    return begin_delivery(make_notice("p", "e", "s", "h", {}, START))


@given(st.lists(outcomes, max_size=40))
def test_tries_end_after_a_2xx_or_the_last_of_a_round(results: list[Outcome]) -> None:
    delivery, now = _new(), START
    for tried, outcome in enumerate(results):
        if delivery.next_at is None:
            break
        claimed = claim_try(delivery, now)
        assert claimed.seconds_claimed(now) == LEASE.total_seconds()
        assert claimed.sweep_at == claimed.lease_until == now + LEASE
        assert claimed.seconds_claimed(now + LEASE) == 0
        delivery = note_try(claimed, outcome, now)
        assert delivery.seconds_claimed(now) == 0
        assert delivery.tries == tried + 1 <= len(DELAYS) + 1
        assert (delivery.next_at is None) == (delivery.status is not DeliveryStatus.PENDING)
        assert (delivery.status is DeliveryStatus.DELIVERED) == outcome.delivered
        if outcome.gone:
            assert delivery.status is DeliveryStatus.FAILED
        assert delivery.next_at is None or (delivery.sweep_at is not None and delivery.sweep_at >= delivery.next_at)
        now += timedelta(hours=12)
    again = send_again(delivery, now)
    assert again.is_due(now)
    assert (again.status, again.tries, again.version) == (DeliveryStatus.PENDING, delivery.tries, delivery.version + 1)


def test_the_same_happening_is_the_same_notice() -> None:
    same = [make_notice("p", "e", "s", happening, {}, START).id for happening in ("1", "1", "2")]
    assert same[0] == same[1] != same[2]


def test_a_notice_names_the_request_that_led_to_it(desk: Desk, logged: StringIO) -> None:
    desk.configure(desk.town.callback("a"))
    with tracing("r-7"):
        desk.tell()
    desk.work_off()
    [arrived] = desk.town.arrived("a")
    assert arrived["headers"]["x-request-id"] == "r-7"
    [batch] = [json.loads(line) for line in logged.getvalue().splitlines() if '"batch"' in line]
    assert batch["request_ids"] == ["r-7"]
