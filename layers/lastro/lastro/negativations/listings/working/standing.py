"""What a bureau's answer or record makes of a listing, and from when on others see it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from lastro.negativations.events.model import refuse_or_know
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.law.expiry import may_stand
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.changing.noticing import wait_for_notice
from lastro.negativations.listings.model import Listing, looked_at_on
from lastro.negativations.ports import Standing, Word


def apply_word(listing: Listing, at: datetime, reference: str, word: Word) -> Listing:
    """What the answer to a request makes of its listing."""
    if word.receipt:
        listing = changes.receive(listing, at, reference, word.receipt)
    match word.standing:
        case Standing.INCLUDED | Standing.NOTIFIED | Standing.ACTIVE:
            known = changes.include(listing, at, reference, word.record)
            # What others see already was told to the debtor before, says the bureau.
            return known if word.standing is Standing.INCLUDED else changes.note_notice(known, at)
        case Standing.REMOVED:
            return changes.remove(listing, at, reference)
        case Standing.REFUSED:
            return refuse_or_know(listing, at, reference, word.code or "unknown")
    return listing


def waits_from(listing: Listing, today: date, place_of: Callable[[str, int], PlaceCalendar]) -> Listing:
    """The listing as its days alone make it: expired, seen by others (``wait_for_notice``), or as it was."""
    left = listing.is_open and not listing.expired_at and not listing.stood_again
    if left and not may_stand(listing.debt.due_on, today):
        # Five years are over (CDC art. 43 §1): the registry shows it no longer, and nothing more is sent of it.
        return changes.expire(listing, looked_at_on(today))
    return wait_for_notice(listing, today, place_of)
