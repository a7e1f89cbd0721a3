"""One contract, one payment: whatever the payer does, whoever asks twice, wherever a process dies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.origination.disbursements.fate import Act, Fate, fate_of, next_act
from lastro.origination.disbursements.model import (
    ROW,
    SETTLING,
    Account,
    Payout,
    PayoutMethod,
    PayoutStatus,
    displaced_row,
    payout_key,
    request_payout,
    send_payout,
    to_payout,
)
from lastro.origination.disbursements.ports import PayoutAnswer
from lastro.origination.processes.statuses import CreditStatus
from tests.domain.origination.credit_samples import CSN, NOW
from tests.domain.origination.payouts.payout_worker import ProcessKilled
from tests.domain.origination.payouts.payout_world import PayoutWorld, Plan

S = PayoutStatus
FIRST, SECOND = payout_key(CSN, 1), payout_key(CSN, 2)
ANSWERS = (None, S.SENT, S.CONFIRMED, S.REFUSED, S.RETURNED)


def payout(status: PayoutStatus, sends: int) -> Payout:
    found = request_payout(CSN, 1, 1_000_00, Account(PayoutMethod.PIX, pix_key="ana@example.com"), NOW)
    if sends:
        found = send_payout(found, NOW)
    return Payout(**{**{name: getattr(found, name) for name in Payout.__dataclass_fields__}, "status": status})


# the tables, as products --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "answer"), list(product(S, ANSWERS)))
@pytest.mark.parametrize(("sends", "settled"), [(0, False), (1, False), (1, True)])
def test_what_is_done_after_a_look_up(
    status: PayoutStatus, answer: PayoutStatus | None, sends: int, settled: bool
) -> None:
    now = NOW + (SETTLING if settled else SETTLING - timedelta(milliseconds=1))
    found = PayoutAnswer(answer, "P-1") if answer else None
    act = next_act(payout(status, sends), found, now)
    if found is not None:
        assert act is (Act.STAND if answer is status else Act.SETTLE)
    elif status is S.REQUESTED:
        assert act is (Act.SEND if not sends or settled else Act.WAIT)
    else:
        assert act is (Act.REPORT if status is S.SENT else Act.STAND)


@pytest.mark.parametrize(("status", "answer"), list(product(S, ANSWERS)))
@pytest.mark.parametrize("settled", [False, True])
def test_what_became_of_a_payout(status: PayoutStatus, answer: PayoutStatus | None, settled: bool) -> None:
    now = NOW + (SETTLING if settled else SETTLING - timedelta(milliseconds=1))
    fate = fate_of(payout(status, 1), PayoutAnswer(answer, "P-1") if answer else None, now)
    decides = answer or status
    if decides in (S.CONFIRMED, S.RETURNED):
        assert fate is Fate.TAKEN
    elif answer is S.REFUSED or (answer is None and status in (S.REFUSED, S.CANCELLED) and settled):
        assert fate is Fate.GONE
    else:
        assert fate is Fate.OPEN


def test_a_payout_of_before_sends_were_counted_may_have_been_sent() -> None:
    kept = {"account": {"method": "PIX", "pix_key": "a@b.c", "bank": None, "branch": None, "number": None}}
    kept["account"]["type"] = None
    row = {"csn": CSN, "number": 1, "key": FIRST, "value": 1, "status": "requested", **kept}
    old = to_payout({**row, "requested_at": "2026-11-03T12:00:00.000Z", "updated_at": "2026-11-03T12:00:00.000Z"})
    assert (old.sends, next_act(old, None, NOW)) == (1, Act.WAIT)


# situations that were seen ------------------------------------------------------------------------------------------


def test_a_key_in_use_refuses_nothing() -> None:
    """The first request times out while it is worked, the look-up knows nothing yet, the key is in use."""
    world = PayoutWorld(Plan("silent", listed_after=timedelta(minutes=10)))
    for _ in range(3):
        world.deliver(world.steps[0], attempt=1)
    assert world.status == "CONTRATADO"
    assert world.retry() == "wrong_state"
    world.later(minutes=5)
    assert (world.status, list(world.payer.taken)) == ("CONTRATADO", [FIRST])
    world.later(minutes=6)
    assert world.status is CreditStatus.DISBURSED
    assert world.payer.paid() == [FIRST]


def test_nothing_is_sent_again_before_it_had_time_to_be_listed() -> None:
    world = PayoutWorld(Plan("lost"))
    for _ in range(6):
        world.deliver(world.steps[0])
    assert len(world.payer.plans) == 0
    world.later(seconds=SETTLING.total_seconds() - 1)
    assert world.payer.taken == {}
    world.later(seconds=30)
    assert world.status is CreditStatus.DISBURSED
    assert list(world.payer.taken) == [FIRST]


def test_a_payer_that_nobody_reached_is_sent_to_as_soon_as_it_is_there() -> None:
    world = PayoutWorld(Plan("no_connection"), Plan("no_connection"))
    for attempt in (1, 2, 3):
        world.deliver(world.steps[0], attempt=attempt)
    assert world.status is CreditStatus.DISBURSED


def refused(end: str = "rejected") -> PayoutWorld:
    world = PayoutWorld(Plan(end=end))
    world.deliver(world.steps[0])
    assert world.status is CreditStatus.PENDING
    return world


def test_a_late_success_is_noticed() -> None:
    world = refused("late")
    for _ in range(5):
        world.later(hours=1)
    assert world.status is CreditStatus.DISBURSED
    assert world.reports == ["a refused payout went through"]
    assert world.retry() == "wrong_state"
    assert world.payer.paid() == [FIRST]


def test_a_retry_asks_what_became_of_the_payout_before() -> None:
    world = refused("late")
    world.clock.moment += timedelta(days=40)
    assert world.retry() == "payout_went_through"
    assert world.status == "PENDENTE"
    world.later(seconds=30)
    assert world.status is CreditStatus.DISBURSED
    assert world.payer.paid() == [FIRST]


def test_a_retry_waits_while_the_payer_does_not_say() -> None:
    world = refused()
    world.payer.deaf = True
    assert world.retry() == "payout_unsettled"
    world.payer.deaf = False
    assert world.retry() == ""
    world.later(minutes=1)
    assert (world.status, world.payer.paid()) == (CreditStatus.DISBURSED, [SECOND])


def test_what_was_never_taken_may_be_replaced_once_that_is_settled() -> None:
    world = PayoutWorld(Plan("not_taken"))
    world.deliver(world.steps[0])
    assert world.status is CreditStatus.PENDING
    assert world.retry() == "payout_unsettled"
    world.later(minutes=15)
    assert world.retry() == ""
    world.later(minutes=1)
    assert (world.status, world.payer.paid()) == (CreditStatus.DISBURSED, [SECOND])


def test_two_retries_at_once_are_one() -> None:
    world = refused()
    codes: list[str] = []

    def meanwhile(what: str) -> None:
        world.store.before = lambda what: None
        codes.append(world.retry("bia@example.com"))

    world.store.before = meanwhile
    codes.append(world.retry())
    assert codes == ["", "changed_meanwhile"]
    assert to_payout(world.store.stored.rows[ROW]).account.pix_key == "bia@example.com"
    world.later(minutes=1)
    assert world.payer.paid() == [SECOND]


def test_a_success_between_the_retry_and_its_payout_takes_its_place() -> None:
    world = refused("late")
    assert world.retry() == ""
    world.later(hours=3)
    assert world.status is CreditStatus.DISBURSED
    assert world.payer.paid() == list(world.payer.taken) == [FIRST]
    assert to_payout(world.store.stored.rows[ROW]).number == 1
    assert world.store.stored.rows[displaced_row(2)]["status"] == "cancelled"


def test_a_success_after_the_second_payout_left_is_told() -> None:
    world = refused("late")
    world.retry()
    world.later(minutes=1)
    assert (world.status, world.payer.paid()) == (CreditStatus.DISBURSED, [SECOND])
    for _ in range(30):
        world.later(hours=1)
    assert world.payer.paid() == [FIRST, SECOND]
    assert "paid twice" in world.reports


def test_two_refused_payouts_and_a_late_success_of_the_first() -> None:
    world = PayoutWorld(Plan(end="late"), Plan(end="rejected"))
    world.deliver(world.steps[0])
    assert world.retry() == ""
    world.later(minutes=1)
    assert world.status is CreditStatus.PENDING
    world.clock.moment += timedelta(days=3)
    assert world.retry() == "payout_went_through"
    world.later(minutes=1)
    assert (world.status, world.payer.paid()) == (CreditStatus.DISBURSED, [FIRST])


def test_duplicate_deliveries_pay_once() -> None:
    world = PayoutWorld(Plan("silent", listed_after=timedelta(minutes=3)))
    world.deliver(*[world.steps[0]] * 4, attempt=1)
    world.deliver(*[world.steps[0]] * 4, attempt=2)
    world.later(minutes=4)
    assert (world.status, world.payer.paid()) == (CreditStatus.DISBURSED, [FIRST])


# any payer, any order, any death ------------------------------------------------------------------------------------

minutes = st.integers(0, 14).map(lambda count: timedelta(minutes=count))
plans = st.builds(
    Plan,
    answer=st.sampled_from(["told", "silent", "lost", "not_taken", "no_connection"]),
    end=st.sampled_from(["settled", "rejected", "late", "returned"]),
    listed_after=minutes,
    ends_after=st.integers(0, 90).map(lambda count: timedelta(minutes=count)),
    turns_after=st.integers(1, 20).map(lambda count: timedelta(hours=count)),
)
acts = st.one_of(
    st.tuples(st.just("later"), st.integers(1, 120)),
    st.tuples(st.just("twice"), st.just(0)),
    st.tuples(st.just("retry"), st.integers(0, 1)),
    st.tuples(st.just("deaf"), st.integers(0, 1)),
    st.tuples(st.just("die"), st.integers(1, 8)),
)


def dies(after: int) -> Callable[[str], None]:
    """Dies at the ``after``-th thing that it does."""
    left = [after]

    def note(what: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise ProcessKilled

    return note


def check_money(world: PayoutWorld) -> None:
    """Money never went out under a key after it had gone out under another."""
    paid = sorted(world.payer.paid(), key=world.payer.went_out)
    for key in paid[1:]:
        assert world.payer.first_sent[key] < world.payer.went_out(paid[0])


@settings(max_examples=300, deadline=None)
@given(chosen=st.lists(plans, min_size=1, max_size=4), script=st.lists(acts, max_size=14))
def test_no_money_goes_out_after_money_went_out(chosen: list[Plan], script: list[tuple[str, int]]) -> None:
    world = PayoutWorld(*chosen)

    def quiet(what: str) -> None:
        pass

    for act, number in script:
        try:
            match act:
                case "later":
                    world.later(minutes=number)
                case "twice":
                    world.deliver(*world.steps, *world.steps)
                case "retry":
                    world.retry(f"{number}@example.com")
                case "deaf":
                    world.payer.deaf = bool(number)
                case "die":
                    world.store.before = world.payer.before = dies(number)
        except ProcessKilled:
            world.store.before = world.payer.before = quiet
        check_money(world)
    world.store.before = world.payer.before = quiet
    world.payer.deaf = False
    for _ in range(60):
        world.later(hours=1)
        check_money(world)
    paid = world.payer.paid()
    if paid:
        assert world.status in (CreditStatus.DISBURSED, CreditStatus.RETURNED)
    else:
        assert world.status is CreditStatus.PENDING
    kept = [world.payer.status(key) for key in paid]
    if kept.count(S.CONFIRMED) > 1 and world.status is CreditStatus.DISBURSED:
        assert "paid twice" in world.reports
