"""What takes a record down whatever was asked for: orders, contestations, debts that are owed no longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.aws.dynamodb.table import Item
from lastro.negativations.deadlines.model import removal_deadline
from lastro.negativations.law.calendars import COUNTRY
from lastro.negativations.law.removal import removal_due_on
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Concern, OrderKind, Removal, RemovalOrder, Settlement
from lastro.negativations.listings.model import Listing, concerns_of, may_be_listed
from lastro.negativations.listings.rows.items import listing_item, to_listing
from lastro.negativations.listings.statuses import ENDED
from tests.domain.negativations.listing_samples import AT, REMOVAL, listing

ORDER = RemovalOrder(OrderKind.COURT, "0001234-56.2026.8.26.0100", date(2026, 11, 2), AT, "ana.souza")
LATER = datetime(2026, 11, 20, 12, tzinfo=UTC)


def included() -> Listing:
    return changes.include(changes.send(listing(), AT, "t-1"), AT, "t-1", "r-1")


@pytest.mark.parametrize("number", ["00012345620268260100", " 0001234-56.2026.8.26.0100 ", "0001234.56.2026.8.26.0100"])
def test_a_number_is_one_however_it_is_typed(number: str) -> None:
    once = changes.order_removal(included(), ORDER, "04")
    again = RemovalOrder(OrderKind.COURT, number, ORDER.issued_on, LATER, "bia.lima")
    assert changes.order_removal(once, again, "04") is once
    contested = RemovalOrder(OrderKind.CONTESTATION, number, ORDER.issued_on, LATER, "bia.lima")
    assert len(changes.order_removal(once, contested, "45").orders) == 2


@given(st.lists(st.sampled_from(["order", "contest", "remove", "cease", "settle", "refuse", "gone"]), max_size=6))
def test_any_order_of_what_ends_a_record_leaves_it_a_deadline_or_ends_it(steps: list[str]) -> None:
    found = included()
    day = date(2026, 11, 3)
    for number, step in enumerate(steps):
        at = datetime(2026, 11, 4 + number, 12, tzinfo=UTC)
        before = removal_deadline(found)
        found = _step(found, step, at, day + timedelta(days=number + 1))
        due = removal_deadline(found)
        if found.status in ENDED:
            assert due is None
        else:
            assert (due is None) == (found.removal is None and found.removal_due_on is None)
            assert due is None or before is None or due <= before
            assert bool(due) == bool({Concern.REMOVAL_OWED, Concern.PAID} & set(concerns_of(found)))
    row = _kept(found)
    assert to_listing(row) == found
    assert _kept(to_listing(row)) == row


def _kept(found: Listing) -> Item:
    """The row of a listing as it is read."""
    return decode_item(encode_item(listing_item(found)))


def test_moments_are_kept_as_texts_and_a_row_of_before_has_the_same() -> None:
    found = changes.order_removal(included(), ORDER, "04")
    row = _kept(replace(found, look_at=LATER))
    text = "2026-11-03T12:00:00.000Z"
    assert (row["created_at"], row["included_at"], row["look_at"]) == (text, text, "2026-11-20T12:00:00.000Z")
    assert (row["removed_at"], row["sendings"][0]["sent_at"], row["removal"]["requested_at"]) == (None, text, text)
    assert row["orders"][0]["recorded_at"] == text
    assert {each["at"] for each in row["history"]} == {text}
    assert row["by_owner_sk"].startswith(f"{text}#")
    assert row["open_sk"].startswith("2026-11-20T12:00:00.000Z#")
    # Before there was a time of the answer, or of looking again, a row had no such fields.
    del row["look_at"], row["expired_at"]
    assert to_listing(row).look_at is None


def _step(found: Listing, step: str, at: datetime, day: date) -> Listing:
    due_on = removal_due_on(day, COUNTRY)
    match step:
        case "order" | "contest":
            kind = OrderKind.COURT if step == "order" else OrderKind.CONTESTATION
            return changes.order_removal(found, RemovalOrder(kind, "1", day, at, "ana"), "04")
        case "remove" if found.status not in ENDED:
            return changes.request_removal(found, Removal("02", at, "ana"))
        case "cease" if may_be_listed(found):
            return changes.cease(found, at, "boleto_cancelled", due_on)
        case "settle":
            return changes.settle(found, at, Settlement(day, day), due_on, None)
        case "refuse" if found.removal and found.status not in ENDED and found.status.value == "baixa_pendente":
            sent = changes.send(found, at, f"r-{at}")
            return changes.refuse(sent, at, f"r-{at}", "bad")
        case "gone":
            return changes.remove(found, at)
    return found


def test_a_guarantors_listing_goes_as_soon_as_the_debtors() -> None:
    principal = changes.order_removal(changes.request_removal(included(), REMOVAL), ORDER, "04")
    followed = changes.follow_principal(included(), principal)
    assert followed.orders == principal.orders
    assert followed.removal is not None
    assert followed.removal.reason == REMOVAL.reason
    assert removal_deadline(followed) == removal_deadline(principal)
    assert changes.follow_principal(followed, principal) is followed
    assert changes.follow_principal(included(), included()).removal is None


def test_a_row_from_before_there_were_orders_is_read() -> None:
    row = _kept(included())
    del row["orders"]
    assert to_listing(row) == included()
