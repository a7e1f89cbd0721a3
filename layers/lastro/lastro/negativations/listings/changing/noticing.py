"""The notices to the debtor before a listing counts: what the bureau told of its own, what people recorded. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from lastro.kernel.calendar import local_date
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.law.notices import (
    DELIVERY_DAYS,
    Channel,
    PriorNotice,
    effective_from,
    letter_due_on,
    wants_letter,
)
from lastro.negativations.law.removal import removal_due_on
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Entry, ToldNotice
from lastro.negativations.listings.model import Listing, looked_at_on
from lastro.negativations.providers import LISTING_FACTS

OF_BUREAU = "bureau"
"""Names the bureau's own notice in calls."""


def prior_notices(listing: Listing) -> tuple[ToldNotice, ...]:
    """Every notice that is known, oldest first. What a person recorded outweighs the letter that a bureau tells of by
    taking the record alone: they know the channel, and that letter is no more than its practice.
    """
    if listing.notices:
        return listing.notices
    told = _notice_of_bureau(listing)
    return (told,) if told else ()


def _notice_of_bureau(listing: Listing) -> ToldNotice | None:
    """The letter of the registry's keeper (STJ, Súmula 359), to the address that it was told; ``None`` until it told.

    Its own id of the record, else of the request, is the proof that it did; without one nothing is proven.
    """
    told_at = listing.included_at if LISTING_FACTS[listing.provider].posts else listing.notified_at
    if not listing.included_at or not told_at:
        return None
    address = listing.person.address
    proof = listing.bureau_key or next((each.receipt for each in listing.sendings if each.receipt), None) or ""
    where = f"{address.street}, {address.number}, {address.zip_code}"
    return ToldNotice(
        OF_BUREAU, PriorNotice(Channel.LETTER, where, local_date(told_at), proof=proof), recorded_at=told_at
    )


def record_notice(listing: Listing, told: ToldNotice) -> Listing:
    """A person tells of a notice; the same one again changes nothing."""
    if any(each.id == told.id for each in listing.notices):
        return listing
    detail = f"{told.notice.channel} {told.notice.sent_on.isoformat()}"
    entry = Entry(told.recorded_at, "notice_recorded", told.recorded_by, detail)
    after = replace(listing, notices=(*listing.notices, told), history=(*listing.history, entry), active_from=None)
    return prove_notice(after, told.id, told.notice, told.recorded_at, told.recorded_by) if told.notice.proof else after


def prove_notice(listing: Listing, notice_id: str, proven: PriorNotice, at: datetime, by: str) -> Listing:
    """What a person proves of a notice: its delivery, or the posting of a letter."""
    notices = tuple(
        replace(each, notice=proven, proven_at=at, proven_by=by) if each.id == notice_id else each
        for each in listing.notices
    )
    detail = f"{proven.delivered_on.isoformat()} {proven.proof}" if proven.delivered_on else proven.proof
    entry = Entry(at, "notice_proven", by, detail)
    return replace(listing, notices=notices, history=(*listing.history, entry), active_from=None)


def wait_for_notice(listing: Listing, today: date, place_of: Callable[[str, int], PlaceCalendar]) -> Listing:
    """The listing with the day from which others may see it, once the bureau has it and a notice is proven; else with
    the last day of the letter that is asked for. With a last day of its own where others saw it before.

    The days are those of the debtor's federal unit, and rest on the local holidays that the branch (``place_of``) has
    named.
    """
    included_at = listing.included_at
    if included_at is None:
        return listing
    if LISTING_FACTS[listing.provider].posts:
        listing = changes.note_notice(listing, included_at)
    state, included_on = listing.person.address.state, local_date(included_at)
    notices = [each.notice for each in prior_notices(listing)]
    if listing.active_from is None:
        place = replace(place_of(listing.partner_id, listing.branch_id), state=state)
        first = effective_from(notices, state, place)
        listing = replace(listing, active_from=max(first, included_on) if first else None)
    if first := listing.active_from:
        listing = _due_where_early(listing, first, today, place_of)
        return changes.take_effect(listing, looked_at_on(first)) if today >= first else listing
    return _ask_for_letter(listing, notices, included_on, today, place_of)


def _due_where_early(
    listing: Listing, first: date, today: date, place_of: Callable[[str, int], PlaceCalendar]
) -> Listing:
    """What others saw before ``first`` has to be down: a notice that comes later was no prior one (STJ, Súmula 359).
    The day of the letter that nothing proved until now stays its last one.
    """
    asked_for, listing = listing.letter_due_on, replace(listing, letter_due_on=None)
    if listing.listed_at is None or local_date(listing.listed_at) >= first:
        return replace(listing, early_due_on=None)
    if listing.early_due_on or not listing.is_open:
        return listing
    due_on = asked_for or removal_due_on(today, place_of(listing.partner_id, listing.branch_id))
    entry = Entry(looked_at_on(today), "notice_late", "", due_on.isoformat())
    return replace(listing, early_due_on=due_on, history=(*listing.history, entry))


def _ask_for_letter(
    listing: Listing,
    notices: list[PriorNotice],
    included_on: date,
    today: date,
    place_of: Callable[[str, int], PlaceCalendar],
) -> Listing:
    """What nothing proves in time wants a letter; what others see already wants it at once."""
    wanted = listing.listed_at or wants_letter(notices, included_on, today)
    if listing.letter_due_on or not wanted or not listing.is_open:
        return listing
    place = place_of(listing.partner_id, listing.branch_id)
    due_on = letter_due_on(today, place)
    entry = Entry(looked_at_on(today), "letter_wanted", "", due_on.isoformat())
    return replace(listing, letter_due_on=due_on, history=(*listing.history, entry))


def unproven_at(listing: Listing) -> datetime | None:
    """When it is looked at whether a letter is wanted; ``None`` where a notice is proven, or it is asked for."""
    if not listing.included_at or listing.active_from or listing.letter_due_on:
        return None
    sent = [each.notice.sent_on for each in prior_notices(listing)]
    return looked_at_on(min(sent, default=local_date(listing.included_at)) + timedelta(days=DELIVERY_DAYS + 1))
