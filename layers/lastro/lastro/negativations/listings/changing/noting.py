"""How a change of a listing is written down: held against the table, with a line of the history. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from lastro.negativations.listings.facts import Act, Answer, Entry, Sending
from lastro.negativations.listings.model import Listing, find_sending
from lastro.negativations.listings.statuses import TRANSITIONS, Event, IllegalTransition, Status

_EMPTY = frozenset[Status]()


def amended(
    listing: Listing,
    at: datetime,
    transaction_id: str,
    events: tuple[Event, Event],
    *,
    receipt: str | None = None,
    code: str | None = None,
    lost: bool = False,
) -> Listing:
    """What becomes of a request by a word that does not end it; ``events`` of an inclusion and of a removal."""
    sending = find_sending(listing, transaction_id)
    if sending is None or (receipt is not None and sending.receipt == receipt) or (lost and sending.lost):
        return listing
    changed = replace(
        sending,
        receipt=receipt or sending.receipt,
        code=sending.code if sending.answer else code,
        lost=lost and sending.answer is None,
    )
    sendings = tuple(changed if each is sending else each for each in listing.sendings)
    event = events[0] if sending.act is Act.INCLUSION else events[1]
    return noted(listing, replace(listing, sendings=sendings), event, at, "", code or "", transaction_id)


def answered(
    listing: Listing, sending: Sending | None, *, answer: Answer, answered_at: datetime, code: str | None
) -> tuple[Sending, ...]:
    """The requests with one of them ended."""
    if sending is None:
        return listing.sendings
    ended = replace(sending, answer=answer, answered_at=answered_at, code=code, lost=False)
    return tuple(ended if each is sending else each for each in listing.sendings)


def check_transition(listing: Listing, event: Event) -> None:
    """Raises ``IllegalTransition`` where the table does not hold the event."""
    if (listing.status, event) not in TRANSITIONS:
        raise IllegalTransition(f"a listing that is {listing.status} cannot be {event}")


def noted(
    before: Listing,
    after: Listing,
    event: Event,
    at: datetime,
    by: str = "",
    detail: str = "",
    transaction_id: str | None = None,
) -> Listing:
    """What ``before`` became, with its line. Raises ``IllegalTransition`` for a status that the table does not hold."""
    if after.status not in TRANSITIONS.get((before.status, event), _EMPTY):
        raise IllegalTransition(f"a listing that is {before.status} cannot become {after.status} when {event}")
    entry = Entry(at, event.value, by, detail, transaction_id)
    return replace(after, history=(*after.history, entry))
