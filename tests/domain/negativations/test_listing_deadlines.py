"""Deadlines of listings: owed from the money, from a request, or at once; and what is too old."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.negativations.deadlines.model import Deadline, last_day, removal_deadline
from lastro.negativations.law.calendars import COUNTRY
from lastro.negativations.law.removal import removal_due_on
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Removal, Settlement
from lastro.negativations.listings.rows.items import listing_item, to_listing
from tests.domain.negativations.listing_samples import AT, SETTLEMENT, listing

LISTED = listing(included_at=AT)


def test_nothing_is_owed_of_what_nobody_paid_or_that_was_never_listed() -> None:
    assert removal_deadline(LISTED) is None
    assert removal_deadline(listing(settlement=SETTLEMENT, removal_due_on=date(2026, 11, 13))) is None


def test_a_paid_debt_has_the_day_of_its_settlement() -> None:
    due = removal_due_on(SETTLEMENT.available_on, COUNTRY)
    paid = changes.settle(LISTED, AT, SETTLEMENT, due, None)
    assert removal_deadline(paid) == due == date(2026, 11, 13)
    assert removal_deadline(changes.remove(paid, AT)) is None


@pytest.mark.parametrize(
    ("reason", "due_on"),
    [("02", date(2026, 11, 10)), ("04", date(2026, 11, 3)), ("45", date(2026, 11, 3))],
)
def test_a_removal_that_was_asked_for_is_owed_by_its_reason(reason: str, due_on: date) -> None:
    asked = changes.request_removal(LISTED, Removal(reason, AT, "ana.souza"))
    assert removal_deadline(asked) == due_on


def test_a_removal_has_the_days_of_the_place_where_its_branch_works() -> None:
    asked = changes.request_removal(LISTED, Removal("02", AT, "ana.souza", date(2026, 11, 11)))
    assert removal_deadline(asked) == date(2026, 11, 11)
    assert removal_deadline(to_listing(decode_item(encode_item(listing_item(asked))))) == date(2026, 11, 11)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2026, 11, 3), date(2027, 12, 1)), st.integers(0, 30))
def test_of_two_days_the_earlier_one_counts(available_on: date, later: int) -> None:
    due = removal_due_on(available_on, COUNTRY)
    paid = changes.settle(LISTED, AT, Settlement(available_on, available_on), due, None)
    both = replace(
        paid, removal=Removal("01", datetime.combine(available_on + timedelta(days=later), time(15), UTC), "ana")
    )
    assert removal_deadline(both) == due
    assert not Deadline("1", 1, due).is_late(due)
    assert Deadline("1", 1, due).is_late(due + timedelta(days=1))


def test_a_listing_may_stand_for_five_years_unless_it_ended() -> None:
    assert last_day(LISTED) == date(2031, 8, 10)
    shorter = replace(LISTED, debt=replace(LISTED.debt, prescription_years=3))
    assert last_day(shorter) == date(2029, 8, 10)
    # Its removal was asked for: what is left to watch are the five years.
    assert last_day(replace(shorter, removal=Removal("42", AT, "ana"))) == date(2031, 8, 10)
    assert last_day(changes.expire(LISTED, AT)) is None
    assert last_day(changes.remove(LISTED, AT)) is None
