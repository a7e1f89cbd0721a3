"""What a bureau's answer or record makes of a listing, and from when on others see it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from lastro.negativations.events.model import refuse_or_know
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.law.expiry import may_stand
from lastro.negativations.law.notices import effective_from
from lastro.negativations.listings import changes
from lastro.negativations.listings.model import Listing, looked_at_on
from lastro.negativations.listings.noticing import prior_notice
from lastro.negativations.ports import Standing, Word


def apply_word(listing: Listing, at: datetime, reference: str, word: Word) -> Listing:
    """What the answer to a request makes of its listing."""
    if word.receipt:
        listing = changes.receive(listing, at, reference, word.receipt)
    match word.standing:
        case Standing.INCLUDED | Standing.NOTIFIED | Standing.ACTIVE:
            known = changes.include(listing, at, reference, word.record)
            return changes.note_notice(known, at) if word.standing is Standing.NOTIFIED else known
        case Standing.REMOVED:
            return changes.remove(listing, at, reference)
        case Standing.REFUSED:
            return refuse_or_know(listing, at, reference, word.code or "unknown")
    return listing


def waits_from(listing: Listing, today: date, place_of: Callable[[str, int], PlaceCalendar]) -> Listing:
    """The listing with the day from which others may see it, once the bureau has it and tells the debtor.

    Without a notice that is proven (``prior_notice``) there is no such day. The days are those of the debtor's federal
    unit, and rest on the local holidays that the branch (``place_of``) has named.
    """
    if not may_stand(listing.debt.due_on, today) and listing.is_open and not listing.expired_at:
        # Five years are over (CDC art. 43 §1): the registry shows it no longer, and nothing more is sent of it.
        return changes.expire(listing, looked_at_on(today))
    notice = prior_notice(listing)
    if notice is None:
        return listing
    if listing.active_from is None:
        state = listing.person.address.state
        where_told = replace(place_of(listing.partner_id, listing.branch_id), state=state)
        listing = replace(listing, active_from=effective_from([notice], state, where_told))
    if listing.active_from and today >= listing.active_from and not listing.listed_at:
        listing = changes.take_effect(listing, looked_at_on(listing.active_from))
    return listing
