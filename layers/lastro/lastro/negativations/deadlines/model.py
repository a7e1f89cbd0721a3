"""Until when each listing has to be down, and until when it may stand at all. Pure."""

from __future__ import annotations

from datetime import date

from lastro.kernel.calendar import local_date
from lastro.kernel.dataclass import dataclass
from lastro.negativations.law.calendars import COUNTRY
from lastro.negativations.law.expiry import MOST_YEARS, last_day_of_record
from lastro.negativations.law.removal import AT_ONCE, is_late, removal_due_on
from lastro.negativations.listings.model import Listing, may_be_listed
from lastro.negativations.listings.statuses import ENDED


@dataclass(frozen=True)
class Deadline:
    """A listing that has to be down; ``due_on`` is the last lawful day."""

    listing_id: str
    branch_id: int
    due_on: date

    def is_late(self, today: date) -> bool:
        return is_late(self.due_on, today)


def removal_deadline(listing: Listing) -> date | None:
    """The last lawful day of a listing that somebody must take down; ``None`` where nothing is owed.

    A debt that is paid, cancelled or renegotiated has what that gave it; any other removal five business days from the
    day that it was asked for, where its branch works (CDC art. 43 §3), a court's order or a contestation the very day
    that it was told.
    """
    if listing.again_due_on:
        return listing.again_due_on
    if listing.status in ENDED or not may_be_listed(listing):
        return None
    days = [listing.removal_due_on] if listing.removal_due_on else []
    if listing.letter_due_on and listing.listed_at:
        # Others see what nothing proves that the debtor was told of: that is proven by then, or the record goes.
        days.append(listing.letter_due_on)
    if listing.early_due_on:
        days.append(listing.early_due_on)
    days += [local_date(order.recorded_at) for order in listing.orders]
    if listing.removal:
        asked_on = local_date(listing.removal.requested_at)
        at_once = listing.removal.reason in AT_ONCE
        days.append(asked_on if at_once else listing.removal.due_on or removal_due_on(asked_on, COUNTRY))
    return min(days, default=None)


def shown_deadline(listing: Listing) -> date | None:
    """The last lawful day as its reader sees it: of what is owed, else the one that it had."""
    return removal_deadline(listing) or listing.removal_due_on


def last_day(listing: Listing) -> date | None:
    """The last day on which a listing may stand, by age or prescription of its debt; ``None`` once it ended.

    What prescription asks for, its removal, is no longer owed where one was asked for: the registry's five years are.
    A record that stood at the bureau after its end is not left to the registry again: it is open until it is down.
    """
    if listing.status in ENDED or listing.stood_again:
        return None
    years = MOST_YEARS if listing.removal else listing.debt.prescription_years
    return last_day_of_record(listing.debt.due_on, years)
