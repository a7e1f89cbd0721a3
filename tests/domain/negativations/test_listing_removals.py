"""What takes a record down whatever was asked for: orders, contestations, debts that are owed no longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.negativations.deadlines.model import removal_deadline
from lastro.negativations.law.calendars import COUNTRY
from lastro.negativations.law.removal import removal_due_on
from lastro.negativations.listings import changes
from lastro.negativations.listings.items import listing_item, to_listing
from lastro.negativations.listings.model import (
    Concern,
    Listing,
    OrderKind,
    Removal,
    RemovalOrder,
    Settlement,
    concerns_of,
    may_be_listed,
)
from lastro.negativations.listings.statuses import ENDED
from tests.domain.negativations.listing_samples import AT, REMOVAL, listing

ORDER = RemovalOrder(OrderKind.COURT, "0001234-56.2026.8.26.0100", date(2026, 11, 2), AT, "ana.souza")
LATER = "2026-11-20T12:00:00.000Z"


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
        at = f"2026-11-{4 + number:02d}T12:00:00.000Z"
        before = removal_deadline(found)
        found = _step(found, step, at, day + timedelta(days=number + 1))
        due = removal_deadline(found)
        if found.status in ENDED:
            assert due is None
        else:
            assert (due is None) == (found.removal is None and found.removal_due_on is None)
            assert due is None or before is None or due <= before
            assert bool(due) == bool({Concern.REMOVAL_OWED, Concern.PAID} & set(concerns_of(found)))
    assert to_listing(listing_item(found)) == found


def _step(found: Listing, step: str, at: str, day: date) -> Listing:
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
    row = listing_item(included())
    del row["orders"]
    assert to_listing(row) == included()
