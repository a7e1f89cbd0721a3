"""Notices to the debtor: nothing counts as seen without one that is proven, and what is not asks for a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.negativations.deadlines.model import removal_deadline
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.law.notices import Channel, PriorNotice, waiting_days
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.changing.noticing import (
    OF_BUREAU,
    prior_notices,
    prove_notice,
    record_notice,
    unproven_at,
    wait_for_notice,
)
from lastro.negativations.listings.facts import Concern, Removal, ToldNotice
from lastro.negativations.listings.model import Listing, concerns_of
from lastro.negativations.listings.rows.items import listing_item, to_listing
from lastro.negativations.listings.statuses import Status
from tests.domain.negativations.listing_samples import AT, listing

DAY = AT.date()
SP = PlaceCalendar("SP")


def place_of(partner_id: str, branch_id: int) -> PlaceCalendar:
    assert (partner_id, branch_id) == ("partner-1", 1)
    return SP


def wait(found: Listing, day: date) -> Listing:
    return wait_for_notice(found, day, place_of)


def included(*, key: str | None = "0000000001", **facts: Any) -> Listing:
    return changes.include(changes.send(listing(**facts), AT, "t1"), AT, "t1", key)


def notice(channel: Channel, sent_on: date = DAY, delivered_on: date | None = None, proof: str = "") -> ToldNotice:
    return ToldNotice(
        f"{channel}-{sent_on}", PriorNotice(channel, "ana@example.com", sent_on, delivered_on, proof), AT, "ana"
    )


def wants_letter(found: Listing) -> bool:
    return Concern.LETTER_WANTED in concerns_of(found)


def test_a_registry_that_posts_its_letter_tells_of_it_by_taking_the_record() -> None:
    found = wait(included(), DAY)
    [told] = prior_notices(found)
    assert (told.id, told.notice.channel, told.notice.sent_on) == (OF_BUREAU, Channel.LETTER, DAY)
    assert (found.notified_at, found.active_from, found.status) == (AT, date(2026, 11, 19), Status.NOTIFIED)
    assert wait(found, date(2026, 11, 18)).status is Status.NOTIFIED
    active = wait(found, date(2026, 11, 19))
    assert (active.status, wants_letter(active)) == (Status.ACTIVE, False)


def test_another_registry_has_to_say_that_the_debtor_was_told() -> None:
    found = wait(included(provider="credito_na_medida"), DAY)
    assert (prior_notices(found), found.active_from, wants_letter(found)) == ((), None, False)
    later = AT + timedelta(days=2)
    told = wait(changes.note_notice(found, later), later.date())
    # Counted from the day on which it said so.
    assert (prior_notices(told)[0].notice.sent_on, told.active_from) == (date(2026, 11, 5), date(2026, 11, 24))
    silent = wait(found, DAY + timedelta(days=4))
    assert (wants_letter(silent), silent.status, silent.letter_due_on) == (True, Status.NOTIFIED, date(2026, 11, 13))


def test_what_nothing_proves_asks_for_a_letter_when_its_days_are_over() -> None:
    found = wait(included(key=None), DAY)
    assert unproven_at(found) == datetime(2026, 11, 7, 12, tzinfo=UTC)
    assert not wants_letter(wait(found, date(2026, 11, 6)))
    asked = wait(found, date(2026, 11, 9))
    assert (asked.letter_due_on, asked.history[-1].event) == (date(2026, 11, 16), "letter_wanted")
    assert unproven_at(asked) is None
    # Seen by nobody yet: nothing has to be down.
    assert removal_deadline(asked) is None
    assert wait(asked, date(2026, 11, 20)) == asked
    letter = wait(
        record_notice(asked, notice(Channel.LETTER, date(2026, 11, 10), proof="postagem 1")), date(2026, 11, 10)
    )
    assert (letter.letter_due_on, letter.active_from) == (None, date(2026, 11, 26))


def test_an_electronic_notice_counts_from_its_delivery_alone() -> None:
    found = wait(record_notice(included(), notice(Channel.EMAIL)), DAY)
    # What a person knows outweighs the letter that is taken for sent.
    assert (found.active_from, [each.notice.channel for each in prior_notices(found)]) == (None, [Channel.EMAIL])
    assert wait(found, date(2027, 1, 4)).status is Status.NOTIFIED
    told = found.notices[0]
    proven = replace(told.notice, delivered_on=date(2026, 11, 5), proof="recibo 1")
    found = wait(prove_notice(wait(found, date(2026, 11, 9)), told.id, proven, AT, "bia"), date(2026, 11, 9))
    assert (found.active_from, found.letter_due_on) == (date(2026, 11, 24), None)
    assert (found.notices[0].proven_by, found.history[-1].detail) == ("bia", "2026-11-05 recibo 1")
    assert wait(found, date(2026, 11, 24)).status is Status.ACTIVE


def test_what_others_see_already_does_not_stay_so_unremarked() -> None:
    active = wait(wait(included(), DAY), date(2026, 11, 19))
    found = wait(record_notice(active, notice(Channel.SMS)), date(2026, 11, 20))
    assert (found.status, wants_letter(found)) == (Status.ACTIVE, True)
    assert found.letter_due_on == removal_deadline(found) == date(2026, 11, 27)
    letter = notice(Channel.LETTER, date(2026, 11, 23), proof="postagem 1")
    posted = wait(record_notice(found, letter), date(2026, 11, 23))
    # A letter that follows what others saw is no prior one: the record goes, by the day that was told before.
    assert (concerns_of(posted), removal_deadline(posted)) == ((Concern.NOTICE_LATE,), date(2026, 11, 27))
    assert (posted.status, posted.letter_due_on, posted.history[-1].event) == (Status.ACTIVE, None, "notice_late")
    assert wait(posted, date(2027, 1, 4)) == posted
    for ended in (changes.remove(found, AT), changes.remove(posted, AT)):
        assert (concerns_of(ended), removal_deadline(ended)) == ((), None)


def test_what_came_down_in_time_and_stands_again_has_the_days_of_that_alone() -> None:
    active = wait(wait(included(), DAY), date(2026, 11, 19))
    early = wait(record_notice(active, notice(Channel.SMS, DAY, date(2026, 11, 9), "recibo 1")), date(2026, 11, 20))
    assert removal_deadline(early) == date(2026, 11, 27)
    gone = changes.remove(early, AT + timedelta(days=20))
    again = changes.stand_again(gone, AT + timedelta(days=60), "listed_at_bureau", date(2027, 1, 11))
    asked_at = datetime(2027, 1, 5, 12, tzinfo=UTC)
    found = wait(changes.remove_again(again, Removal("01", asked_at, "ana", date(2027, 1, 11))), date(2027, 1, 5))
    assert (found.status, removal_deadline(found)) == (Status.TO_REMOVE, date(2027, 1, 11))


def test_a_proof_that_comes_late_of_what_was_in_time_is_enough() -> None:
    active = wait(wait(included(), DAY), date(2026, 11, 19))
    found = wait(record_notice(active, notice(Channel.SMS)), date(2026, 11, 20))
    late = replace(found.notices[0].notice, delivered_on=date(2026, 11, 4), proof="recibo 1")
    proven = wait(prove_notice(found, found.notices[0].id, late, AT, "bia"), date(2026, 11, 20))
    # Delivered on 4 November, it had run its time on the 19th, a day before others should have seen the record.
    assert (proven.active_from, concerns_of(proven)) == (date(2026, 11, 20), (Concern.NOTICE_LATE,))
    assert removal_deadline(to_listing(decode_item(encode_item(listing_item(proven))))) == date(2026, 11, 27)
    earlier = wait(record_notice(proven, notice(Channel.EMAIL, DAY, DAY, "recibo 2")), date(2026, 11, 23))
    assert (earlier.active_from, concerns_of(earlier)) == (date(2026, 11, 19), ())
    assert (earlier.early_due_on, removal_deadline(earlier)) == (None, None)


def test_the_same_notice_again_changes_nothing() -> None:
    once = record_notice(included(), notice(Channel.EMAIL))
    assert record_notice(once, notice(Channel.EMAIL)) is once


@pytest.mark.parametrize("provider", ["serasa", "credito_na_medida"])
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_path_leads_to_active_without_a_proven_notice_that_ran_its_time(provider: str, data: st.DataObject) -> None:
    found, day = listing(provider=provider), DAY
    found = changes.send(found, AT, "t1")
    for _ in range(data.draw(st.integers(1, 10))):
        day += timedelta(days=data.draw(st.integers(0, 9)))
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        channel = data.draw(st.sampled_from(list(Channel)))
        sent_on = day - timedelta(days=data.draw(st.integers(0, 20)))
        steps: list[Callable[[Listing], Listing]] = [
            lambda each: each,
            partial(changes.include, at=at, reference="t1", bureau_key=data.draw(st.sampled_from([None, "1"]))),
            partial(changes.note_notice, at=at),
            partial(record_notice, told=notice(channel, sent_on)),
            partial(record_notice, told=notice(channel, sent_on, day, "recibo")),
        ]
        found = wait(data.draw(st.sampled_from(steps))(found), day)
        proven = [told for each in prior_notices(found) if (told := each.notice.told_on)]
        if found.status is Status.ACTIVE:
            assert found.listed_at is not None
            seen_on = found.listed_at.date()
            in_time = bool(proven) and min(proven) + timedelta(days=waiting_days("SP")) < seen_on
            assert in_time or removal_deadline(found)
            assert bool(concerns_of(found)) != in_time
