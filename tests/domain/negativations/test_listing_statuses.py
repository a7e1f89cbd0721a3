"""Any order and repetition of what happens to a listing ends alike, within the table, and paid is never forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Act, Approval, Concern, Origin
from lastro.negativations.listings.model import MAX_RESENDS, Listing, concerns_of, may_be_listed, next_act
from lastro.negativations.listings.statuses import ENDED, TRANSITIONS, Event, IllegalTransition, Status
from tests.domain.negativations.listing_samples import AT, REMOVAL, SETTLEMENT, listing

Change = Callable[[Listing], Listing]


def sent(origin: Origin = Origin.MANUAL) -> Listing:
    return changes.send(listing(origin=origin), AT, "t1")


# What the world may tell of one sent inclusion and, where it is asked for, of its removal.
TOLD: dict[str, Change] = {
    "received": lambda each: changes.receive(each, AT, "t1", "bureau-1"),
    "lost": lambda each: changes.lose(each, AT, "t1", "bureau_timeout"),
    "included": lambda each: changes.include(each, AT, "t1"),
    "refused": lambda each: changes.refuse(each, AT, "t1", "PF01"),
    "noticed": lambda each: changes.note_notice(each, AT),
    "settled": lambda each: changes.settle(each, AT, SETTLEMENT, None, None),
    "settled_and_removed": lambda each: changes.settle(each, AT, SETTLEMENT, None, REMOVAL),
    "expired": lambda each: changes.expire(each, AT),
    "gone": lambda each: changes.remove(each, AT),
}


def is_told_apart(names: set[str]) -> bool:
    """A bureau does not say yes and no to one request; what it removes by itself it had."""
    return not {"refused", "included"} <= names and not {"refused", "gone"} <= names


def state(found: Listing) -> tuple[object, ...]:
    return (found.status, concerns_of(found), may_be_listed(found), bool(found.settlement), found.sendings)


@given(st.data())
@settings(max_examples=150)
def test_any_order_and_duplication_ends_alike(data: st.DataObject) -> None:
    names = data.draw(
        st.lists(st.sampled_from(sorted(TOLD)), unique=True, min_size=1).filter(lambda n: is_told_apart(set(n)))
    )
    repeated = data.draw(st.permutations([*names, *data.draw(st.lists(st.sampled_from(names), max_size=6))]))
    once = sent()
    for name in names:
        once = TOLD[name](once)
    many = sent()
    for name in repeated:
        many = TOLD[name](many)
    assert state(many) == state(once)


@given(st.data())
@settings(max_examples=150)
def test_any_walk_stays_within_the_table_and_paid_is_listed_only_with_a_concern(data: st.DataObject) -> None:
    found = listing(
        approval=data.draw(st.sampled_from([Approval.NOT_NEEDED, Approval.PENDING])),
        origin=data.draw(st.sampled_from(list(Origin))),
    )
    for _ in range(data.draw(st.integers(1, 14))):
        choices: list[Change] = [
            lambda each: changes.approve(each, AT, "bia"),
            lambda each: changes.reject(each, AT, "bia", "não"),
            lambda each: changes.resend(each, AT, "ana"),
            lambda each: changes.request_removal(each, REMOVAL),
            lambda each: changes.send(each, AT, f"t{len(each.sendings) + 1}"),
            TOLD["settled"],
            TOLD["settled_and_removed"],
            TOLD["expired"],
            TOLD["noticed"] if found.sendings else TOLD["settled"],
            lambda each: changes.take_effect(replace(each, active_from=each.included_at and AT.date()), AT),
        ]
        for sending in found.sendings:
            name = sending.transaction_id
            choices += [
                partial(changes.receive, at=AT, transaction_id=name, receipt=f"bureau-{name}"),
                partial(changes.lose, at=AT, transaction_id=name, code="bureau_timeout"),
                partial(changes.refuse, at=AT, reference=name, code="PF01"),
                partial(changes.postpone, at=AT, transaction_id=name, code="bureau_unavailable"),
                partial(changes.include if sending.act is Act.INCLUSION else changes.remove, at=AT, reference=name),
            ]
        change = data.draw(st.sampled_from(choices))
        before = found
        try:
            found = change(found)
        except IllegalTransition:
            continue
        if len(found.history) == len(before.history):
            assert replace(found, history=()) == replace(before, history=())
        elif len(found.history) == len(before.history) + 1:
            event = Event(found.history[-1].event)
            assert found.status in TRANSITIONS[before.status, event]
        stands = may_be_listed(found) and not found.removed_at and not found.expired_at
        if found.settlement:
            assert (Concern.PAID in concerns_of(found)) is stands
            assert next_act(found, datetime(2030, 1, 1, tzinfo=UTC)) is not Act.INCLUSION
        if found.status in ENDED - {Status.DRAFT}:
            assert not stands


def test_acts_are_legal_where_the_table_says_so_alone() -> None:
    acts: dict[Event, Change] = {
        Event.APPROVED: lambda each: changes.approve(each, AT, "bia"),
        Event.REJECTED: lambda each: changes.reject(each, AT, "bia", "não"),
        Event.RESENT: lambda each: changes.resend(each, AT, "ana"),
        Event.REMOVAL_REQUESTED: lambda each: changes.request_removal(each, REMOVAL),
    }
    active = changes.take_effect(replace(changes.include(sent(), AT, "t1"), active_from=AT.date()), AT)
    removing = changes.request_removal(active, REMOVAL)
    removal_sent = changes.send(removing, AT, "t2")
    samples = [
        changes.reject(listing(approval=Approval.PENDING), AT, "bia", "não"),
        listing(approval=Approval.PENDING),
        listing(),
        sent(),
        TOLD["received"](sent()),
        changes.include(sent(), AT, "t1"),
        active,
        changes.refuse(sent(), AT, "t1", "PF01"),
        removing,
        removal_sent,
        changes.remove(removal_sent, AT, "t2"),
        changes.refuse(removal_sent, AT, "t2", "PF02"),
        changes.expire(active, AT),
    ]
    assert [each.status for each in samples] == list(Status)
    for sample in samples:
        for event, act in acts.items():
            if (sample.status, event) in TRANSITIONS:
                assert act(sample).status in TRANSITIONS[sample.status, event]
            elif sample.removal is None and sample.status is not Status.REMOVAL_FAILED:
                with pytest.raises(IllegalTransition):
                    act(sample)


def test_a_payment_before_the_inclusion_is_sent_cancels_it() -> None:
    for before in (listing(), listing(approval=Approval.PENDING)):
        paid = TOLD["settled"](before)
        assert (paid.status, concerns_of(paid)) == (Status.REMOVED, ())


def test_a_payment_of_a_listed_debt_stays_critical_until_it_is_removed() -> None:
    paid = TOLD["settled"](changes.include(sent(), AT, "t1"))
    assert (paid.status, concerns_of(paid)) == (Status.NOTIFIED, (Concern.PAID,))
    asked = changes.request_removal(paid, REMOVAL)
    assert (asked.status, concerns_of(asked)) == (Status.TO_REMOVE, (Concern.PAID, Concern.REMOVAL_OWED))
    removed = changes.remove(changes.send(asked, AT, "t2"), AT, "t2")
    assert (removed.status, concerns_of(removed)) == (Status.REMOVED, ())


def test_a_removal_waits_for_the_word_on_its_inclusion_but_not_for_ever() -> None:
    asked = changes.request_removal(TOLD["received"](sent()), REMOVAL)
    now = AT
    assert next_act(asked, now) is None
    assert next_act(changes.include(asked, AT, "t1"), now) is Act.REMOVAL
    assert next_act(asked, datetime(2026, 11, 4, 12, tzinfo=UTC)) is Act.REMOVAL


def test_a_word_of_yes_after_one_of_no_is_a_record_that_stands() -> None:
    paid = TOLD["settled_and_removed"](TOLD["received"](sent()))
    refused = changes.refuse(paid, AT, "t1", "not_listed")
    assert refused.status is Status.REMOVED
    late = changes.include(refused, AT, "bureau-1")
    assert (late.status, concerns_of(late)) == (Status.TO_REMOVE, (Concern.PAID, Concern.REMOVAL_OWED))


def test_three_resends_and_then_a_new_approval() -> None:
    found = sent()
    for number in range(MAX_RESENDS):
        found = changes.resend(changes.refuse(found, AT, f"t{number + 1}", "PF01"), AT, "ana")
        assert found.status is Status.TO_SEND
        found = changes.send(found, AT, f"t{number + 2}")
    waiting = changes.resend(changes.refuse(found, AT, "t4", "PF01"), AT, "ana")
    assert waiting.status is Status.AWAITING_APPROVAL
    again = changes.approve(waiting, AT, "bia")
    assert (again.status, len(again.sendings)) == (Status.TO_SEND, 4)
    assert [each.transaction_id for each in changes.send(again, AT, "t5").sendings] == ["t1", "t2", "t3", "t4", "t5"]


def test_what_never_left_is_sent_under_the_same_id() -> None:
    postponed = changes.postpone(sent(), AT, "t1", "bureau_unavailable")
    assert (postponed.status, postponed.sendings) == (Status.TO_SEND, ())
    assert changes.postpone(TOLD["received"](sent()), AT, "t1", "late").status is Status.AWAITING_WORD
