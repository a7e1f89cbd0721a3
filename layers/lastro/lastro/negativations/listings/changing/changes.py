"""What each event makes of a listing. Pure: moments are parameters.

Acts of ours raise ``IllegalTransition`` where the table does not hold them. Words of a bureau are taken whenever they
come: what is known already changes nothing, and a word of yes outweighs one of no, for a record that may stand has to
be taken down.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from lastro.negativations.listings.changing.noting import amended, answered, check_transition, noted
from lastro.negativations.listings.facts import Act, Answer, Approval, Entry, Removal, RemovalOrder, Sending, Settlement
from lastro.negativations.listings.model import MAX_RESENDS, Listing, find_sending, may_be_listed
from lastro.negativations.listings.statuses import Event, Status

# acts of ours --------------------------------------------------------------------------------------------------------


def approve(listing: Listing, at: datetime, by: str) -> Listing:
    """A second person agrees: the inclusion may be sent, and after a refusal sent anew."""
    check_transition(listing, Event.APPROVED)
    again = listing.last(Act.INCLUSION) is not None
    resends = listing.resends + again
    after = replace(listing, approval=Approval.GIVEN, resends=resends, resends_approved=resends)
    return noted(listing, after, Event.APPROVED, at, by)


def reject(listing: Listing, at: datetime, by: str, justification: str) -> Listing:
    """A second person does not agree; nobody is called."""
    check_transition(listing, Event.REJECTED)
    return noted(listing, replace(listing, approval=Approval.REFUSED), Event.REJECTED, at, by, justification)


def send(listing: Listing, at: datetime, transaction_id: str) -> Listing:
    """Claim the next request: from here on it may have left."""
    event, act = _SENDS.get(listing.status, _SENDS[Status.TO_SEND])
    check_transition(listing, event)
    sending = Sending(transaction_id, act, at)
    after = replace(listing, sendings=(*listing.sendings, sending))
    return noted(listing, after, event, at, transaction_id=transaction_id)


_SENDS = {Status.TO_SEND: (Event.SENT, Act.INCLUSION), Status.TO_REMOVE: (Event.REMOVAL_SENT, Act.REMOVAL)}


def postpone(listing: Listing, at: datetime, transaction_id: str, code: str) -> Listing:
    """The bureau was not reached, or said that it did nothing: the claim is taken back.

    A request that was answered meanwhile stays.
    """
    sending = find_sending(listing, transaction_id)
    if sending is None or sending.answer is not None or sending.receipt is not None:
        return listing
    kept = tuple(each for each in listing.sendings if each is not sending)
    event = Event.POSTPONED if sending.act is Act.INCLUSION else Event.REMOVAL_POSTPONED
    return noted(listing, replace(listing, sendings=kept), event, at, "", code, transaction_id)


def resend(listing: Listing, at: datetime, by: str) -> Listing:
    """Send what the bureau refused once more; after ``MAX_RESENDS`` inclusions a second person has to agree again.

    A removal is asked for again where its answer was lost or its word never came, too: where the first one took
    effect, the bureau says that there is no such record.
    """
    if listing.status is Status.REMOVAL_FAILED or _is_removal_left(listing):
        after = replace(listing, removal_resends=listing.count(Act.REMOVAL))
        return noted(listing, after, Event.REMOVAL_RESENT, at, by)
    if listing.resends - listing.resends_approved >= MAX_RESENDS:
        check_transition(listing, Event.RESUBMITTED)
        return noted(listing, replace(listing, approval=Approval.PENDING), Event.RESUBMITTED, at, by)
    check_transition(listing, Event.RESENT)
    return noted(listing, replace(listing, resends=listing.count(Act.INCLUSION)), Event.RESENT, at, by)


def _is_removal_left(listing: Listing) -> bool:
    """Whether a removal is neither answered nor being asked for this moment."""
    last = listing.last(Act.REMOVAL)
    return listing.status is Status.REMOVAL_SENT and last is not None and (last.lost or last.receipt is not None)


def request_removal(listing: Listing, removal: Removal) -> Listing:
    """Ask for the record to come down; the first reason stands. What was never sent comes to nothing."""
    if listing.removal:
        return listing
    check_transition(listing, Event.REMOVAL_REQUESTED)
    after = replace(listing, removal=removal)
    return noted(listing, after, Event.REMOVAL_REQUESTED, removal.requested_at, removal.requested_by, removal.reason)


def order_removal(listing: Listing, order: RemovalOrder, reason: str) -> Listing:
    """A court's order, or a contestation: what may stand comes down at once, whatever was asked for before.

    The same order again changes nothing, but takes down what stands again. ``reason`` is that of the removal, where
    none was asked for.
    """
    if any(each.is_that_of(order) for each in listing.orders):
        again = Removal(reason, order.recorded_at, order.recorded_by)
        return remove_again(listing, again) if listing.again_due_on else listing
    entry = Entry(order.recorded_at, order.kind.value, order.recorded_by, order.number)
    ordered = replace(listing, orders=(*listing.orders, order), history=(*listing.history, entry))
    if ordered.again_due_on:
        return remove_again(ordered, Removal(reason, order.recorded_at, order.recorded_by))
    if ordered.status is Status.REMOVAL_FAILED:
        return resend(ordered, order.recorded_at, order.recorded_by)
    if not ordered.is_open or ordered.removal:
        return ordered
    return request_removal(ordered, Removal(reason, order.recorded_at, order.recorded_by))


def stand_again(listing: Listing, at: datetime, word: str, due_on: date) -> Listing:
    """The bureau has a record that we took down or never sent, or one over its five years: until ``due_on`` somebody
    has it taken down.
    """
    if listing.again_due_on:
        return listing
    return noted(listing, replace(listing, difference=word, again_due_on=due_on), Event.STANDS_AGAIN, at)


def remove_again(listing: Listing, removal: Removal) -> Listing:
    """Ask for what stands again to come down: the bureau is called once more, under an id of its own."""
    after = replace(
        listing,
        approval=Approval.NOT_NEEDED,
        included_at=listing.included_at or removal.requested_at,
        removed_at=None,
        expired_at=None,
        removal=removal,
        removal_resends=listing.count(Act.REMOVAL),
        removal_due_on=listing.again_due_on,
        again_due_on=None,
        # Their days were kept when it came down; those of the record that stands again are its own.
        letter_due_on=None,
        early_due_on=None,
        difference=None,
    )
    return noted(
        listing, after, Event.REMOVAL_REOPENED, removal.requested_at, removal.requested_by, detail=removal.reason
    )


def follow_principal(listing: Listing, principal: Listing) -> Listing:
    """What a removal of the debtor's record makes of a guarantor's: it goes too, for the same reason and as soon."""
    removal = principal.removal
    if removal is None or not listing.is_open:
        return listing
    for order in principal.orders:
        listing = order_removal(listing, order, removal.reason)
    return request_removal(listing, removal) if listing.is_open else listing


# words of the bureau -------------------------------------------------------------------------------------------------


def receive(listing: Listing, at: datetime, transaction_id: str, receipt: str) -> Listing:
    """The bureau has a request, under an id of its own."""
    return amended(listing, at, transaction_id, (Event.RECEIVED, Event.REMOVAL_RECEIVED), receipt=receipt)


def lose(listing: Listing, at: datetime, transaction_id: str, code: str) -> Listing:
    """No answer came: it may have taken effect, and only the bureau's own word ends the doubt."""
    sending = find_sending(listing, transaction_id)
    if sending is None or sending.receipt is not None or sending.answer is not None:
        return listing
    return amended(listing, at, transaction_id, (Event.LOST, Event.REMOVAL_LOST), code=code, lost=True)


def note_notice(listing: Listing, at: datetime) -> Listing:
    """The bureau told the debtor in writing (CDC art. 43 §2)."""
    if listing.notified_at:
        return listing
    return noted(listing, replace(listing, notified_at=at), Event.NOTICE_SENT, at)


def include(listing: Listing, at: datetime, reference: str | None = None, bureau_key: str | None = None) -> Listing:
    """The bureau has the record. Others see it when the notice has run its time (``take_effect``)."""
    if listing.included_at:
        return listing
    sending = find_sending(listing, reference) if reference else listing.last(Act.INCLUSION)
    sendings = answered(listing, sending, answer=Answer.DONE, answered_at=at, code=None)
    after = replace(listing, included_at=at, bureau_key=bureau_key or listing.bureau_key, sendings=sendings)
    return noted(listing, after, Event.INCLUDED, at, transaction_id=sending.transaction_id if sending else None)


def refuse(listing: Listing, at: datetime, reference: str, code: str) -> Listing:
    """The bureau will not do what a request asked for."""
    sending = find_sending(listing, reference)
    if sending is None or sending.answer is not None:
        return listing
    event = Event.REFUSED if sending.act is Act.INCLUSION else Event.REMOVAL_REFUSED
    sendings = answered(listing, sending, answer=Answer.REFUSED, answered_at=at, code=code)
    after = replace(listing, sendings=sendings)
    return noted(listing, after, event, at, "", code, sending.transaction_id)


def take_effect(listing: Listing, at: datetime) -> Listing:
    """The waiting period is over and the notice is proven: whoever asks the bureau sees the record. Without a notice
    that is proven there is no day from which it is seen, and nothing happens.
    """
    if listing.listed_at or not listing.included_at or listing.active_from is None:
        return listing
    return noted(listing, replace(listing, listed_at=at), Event.TOOK_EFFECT, at)


def remove(listing: Listing, at: datetime, reference: str | None = None) -> Listing:
    """The record is no longer there, by the bureau's word on our request or on its own account."""
    sending = find_sending(listing, reference) if reference else listing.last(Act.REMOVAL)
    # Of a request that took it down before, the word says nothing of a record that stands again.
    if listing.removed_at or (reference and sending and sending.answer is Answer.DONE and sending.act is Act.REMOVAL):
        return listing
    sendings = answered(listing, sending, answer=Answer.DONE, answered_at=at, code=None)
    after = replace(listing, removed_at=at, sendings=sendings, difference=None)
    return noted(listing, after, Event.REMOVED, at, transaction_id=sending.transaction_id if sending else None)


# what the world does -------------------------------------------------------------------------------------------------


def settle(
    listing: Listing, at: datetime, settlement: Settlement, removal_due_on: date | None, removal: Removal | None
) -> Listing:
    """The debt is paid. ``removal`` where the integration removes by itself; elsewhere a person has to ask for it.

    The first settlement stands: the clock of the law does not start twice.
    """
    after = listing
    if listing.settlement is None:
        days = [day for day in (removal_due_on, listing.removal_due_on) if day]
        paid = replace(listing, settlement=settlement, removal_due_on=min(days, default=None))
        after = noted(listing, paid, Event.SETTLED, at)
    if removal and not after.removal and may_be_listed(after) and not after.removed_at and not after.expired_at:
        after = request_removal(after, removal)
    return after


def cease(listing: Listing, at: datetime, word: str, due_on: date) -> Listing:
    """The debt is cancelled or renegotiated while its record may stand: ``due_on`` is the record's last lawful day.

    The first one stands, as the clock of the law does not start twice.
    """
    if listing.difference == word and listing.removal_due_on:
        return listing
    due_on = min(due_on, listing.removal_due_on) if listing.removal_due_on else due_on
    history = (*listing.history, Entry(at, word))
    return replace(listing, difference=word, removal_due_on=due_on, history=history)


def owe_again(listing: Listing, at: datetime) -> Listing:
    """An agreement was broken before anybody asked for the removal: the debt is owed, and its record may stand."""
    if listing.settlement or listing.removal or listing.removal_due_on is None:
        return listing
    history = (*listing.history, Entry(at, "boleto_reopened"))
    return replace(listing, difference=None, removal_due_on=None, history=history)


def expire(listing: Listing, at: datetime) -> Listing:
    """Five years are over: the bureau may show the record no longer, and it may not be sent any more."""
    if listing.expired_at:
        return listing
    return noted(listing, replace(listing, expired_at=at), Event.EXPIRED, at)
