"""How many notices a receiver gets at once, how long it is waited for, and when it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.webhooks.callbacks.model import AuthenticationModel, Callback
from lastro.webhooks.deliveries.model import DELAYS, DeliveryStatus, begin_delivery, give_up, put_off
from lastro.webhooks.receivers.model import (
    AT_ONCE,
    FAILURES,
    GIVEN_UP,
    LEASE,
    LONGEST_TURN,
    PAUSES,
    Receiver,
    name_callback,
    name_place,
    pause_after,
)
from lastro.webhooks.receivers.switching import FAILING, GONE, switched_off
from lastro.webhooks.service import make_notice
from tests.clock import START

NOTICE = "msg_6d0f2c6a1b7e4f2f9a3c5d7e9b1f3a5c"

moments = st.timedeltas(timedelta(), LEASE * 2).map(lambda passed: START + passed)
receivers = st.builds(
    Receiver,
    partner_id=st.just("p"),
    name=st.just("r"),
    failures=st.integers(0, 20),
    failing_since=st.none() | moments,
    paused_until=st.none() | moments,
    places=st.dictionaries(st.integers(0, AT_ONCE - 1), moments, max_size=AT_ONCE),
)


@given(receivers, moments)
def test_places_are_handed_out_once_and_fewer_the_worse_a_receiver_answers(found: Receiver, now: datetime) -> None:
    held = {number for number, until in found.places.items() if until > now}
    free = set(found.free_places(now))
    assert not free & held
    if found.is_paused(now):
        assert not free
    elif found.failures:
        assert free == {0} - held
    else:
        assert len(free | held) == AT_ONCE


@given(receivers, moments)
def test_who_finds_no_place_looks_again_later_and_not_all_at_the_same_moment(found: Receiver, now: datetime) -> None:
    wait = found.wait(NOTICE, now)
    assert wait >= timedelta(seconds=1)
    if found.is_paused(now) and found.paused_until:
        assert found.paused_until < now + wait <= found.paused_until + timedelta(seconds=10)
    else:
        assert wait <= LONGEST_TURN + timedelta(seconds=4)
    waits = {found.wait(f"msg_{number:032x}", now) for number in range(64)}
    assert len(waits) > 1


def test_a_receiver_that_answers_at_once_is_waited_for_shortly_and_one_that_hangs_for_longer() -> None:
    busy = Receiver("p", "r", places=dict.fromkeys(range(AT_ONCE), START + LEASE))
    assert busy.wait(NOTICE, START) <= timedelta(seconds=4)
    assert busy.wait(NOTICE, START + timedelta(seconds=12)) >= LONGEST_TURN


def test_pauses_grow_from_the_fifth_failure_and_are_no_longer_than_a_single_notice_waits_anyway() -> None:
    assert [pause_after(failures) for failures in range(FAILURES)] == [None] * FAILURES
    pauses = [pause_after(failures) for failures in range(FAILURES, 40)]
    assert pauses[: len(PAUSES)] == list(PAUSES) == sorted(PAUSES)
    assert set(pauses[len(PAUSES) :]) == {PAUSES[-1]}
    for failures in range(FAILURES, len(DELAYS)):
        assert (pause_after(failures) or timedelta()) <= DELAYS[failures - 1]


@pytest.mark.parametrize(("failing", "given_up"), [(None, False), (GIVEN_UP, True), (GIVEN_UP * 0.99, False)])
def test_five_days_of_failures_are_enough(failing: timedelta | None, given_up: bool) -> None:
    since = START - failing if failing is not None else None
    assert Receiver("p", "r", failures=9, failing_since=since).is_given_up(START) is given_up


def test_addresses_of_one_place_hang_together_and_are_not_told_by_their_name() -> None:
    name = name_place("https://Receiver.example/a?token=segredo")
    assert name == name_place("https://receiver.example/b/c")
    assert len({name, name_place("https://receiver.example:8443/a"), name_place("https://other.example/a")}) == 3
    assert "receiver" not in name
    assert "segredo" not in name


def test_a_callback_that_is_put_again_begins_anew() -> None:
    first = Callback("p", "https://a.example/x", AuthenticationModel.URL, has_query=False, updated_at=START)
    second = Callback(
        "p",
        "https://a.example/x",
        AuthenticationModel.URL,
        has_query=False,
        updated_at=START + timedelta(milliseconds=1),
    )
    assert name_callback(first) != name_callback(second)


def test_who_is_switched_off_for_failing_is_told_and_who_asked_for_it_is_not() -> None:
    callback = Callback("p", "https://a.example/x", AuthenticationModel.URL, has_query=True, updated_at=START)
    off, notice = switched_off(callback, FAILING, START)
    assert (off.active, off.disabled_reason) == (False, "failing")
    assert notice is not None
    assert (notice.event, notice.partner_id, notice.url) == ("callback_disabled", "p", None)
    assert b"https://a.example/x?***" in notice.body
    assert switched_off(callback, GONE, START)[1] is None


def test_waiting_for_a_place_is_no_try() -> None:
    delivery = begin_delivery(make_notice("p", "e", "s", "h", {}, START))
    short, long = (put_off(delivery, timedelta(seconds=seconds), START) for seconds in (3, 300))
    assert {each.tries for each in (short, long)} == {0}
    assert {each.tries_of_round for each in (short, long)} == {0}
    assert (short.waits_outside, long.waits_outside) == (False, True)
    assert not short.is_due(START)
    assert short.is_due(START + timedelta(seconds=3))
    assert long.sweep_at == long.next_at == START + timedelta(seconds=300)
    ended = give_up(long, "receiver_failing")
    assert (ended.status, ended.next_at, ended.last_fault) == (DeliveryStatus.FAILED, None, "receiver_failing")
