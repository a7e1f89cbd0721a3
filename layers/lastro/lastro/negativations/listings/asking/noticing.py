"""What partners record of the notices to debtors: that one went out, and what proves it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError, InvalidInput, Retryable
from lastro.kernel.queues.queue import MessageQueue
from lastro.negativations.errors import (
    LISTING_BUSY,
    NOTICE_BEFORE_DUE,
    NOTICE_DELIVERED_BEFORE,
    NOTICE_DELIVERY_MISSING,
    NOTICE_EMAIL,
    NOTICE_IMPOSSIBLE,
    NOTICE_NOT_FOUND,
    NOTICE_PHONE,
    NOTICE_POSTAL,
    NOTICE_PROOF_MISSING,
    NOTICE_PROVEN,
    TOO_MANY_NOTICES,
)
from lastro.negativations.identity import notice_id_of
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.law.notices import Channel, PriorNotice
from lastro.negativations.listings.asking.acting import find_own
from lastro.negativations.listings.changing.noticing import prove_notice, record_notice
from lastro.negativations.listings.facts import ToldNotice
from lastro.negativations.listings.messages import listing_message
from lastro.negativations.listings.model import GRACE, Listing, may_be_listed
from lastro.negativations.listings.rendering import answer_with
from lastro.negativations.listings.requests import ProveNotice, RecordNotice
from lastro.negativations.listings.statuses import Status
from lastro.negativations.listings.working.standing import waits_from
from lastro.wire.persons.emails import read_email
from lastro.wire.persons.phones import read_mobile_phone

if TYPE_CHECKING:
    from lastro.negativations.listings.store import ListingStore

MOST_NOTICES = 20
_LISTED = frozenset({Status.NOTIFIED, Status.ACTIVE})


@dataclass(frozen=True)
class NoticeRecording:
    """Keeps notices with their listings."""

    store: ListingStore
    queue: MessageQueue
    clock: Clock
    place_of: Callable[[str, int], PlaceCalendar]

    def record(self, request: RecordNotice, caller: Caller) -> str:
        """Keep a notice; the same one again (channel, address and day) changes nothing, or adds its proof.

        Raises ``NotFound``; ``InvalidInput`` for an address that is none of its channel, days in another order than
        they can have, and a delivery without its proof; ``Conflict`` for a listing that came to nothing and for another
        proof than the first; ``BusinessRefusal`` for more notices than a listing has.
        """
        asked = request.notice

        def record_once(listing: Listing) -> Listing:
            address, errors = _address(Channel(asked.channel), asked.address)
            notice = PriorNotice(Channel(asked.channel), address, asked.sent_on, asked.delivered_on, asked.proof or "")
            errors += _wrong_days(notice, "notice")
            if asked.sent_on <= listing.debt.due_on:
                errors.append(NOTICE_BEFORE_DUE.at("notice.sent_on"))
            if errors:
                raise InvalidInput(errors)
            if not listing.is_open and not may_be_listed(listing):
                raise NOTICE_IMPOSSIBLE(status=listing.status.value)
            name = notice_id_of(listing.id, asked.channel, address, asked.sent_on.isoformat())
            known = next((each for each in listing.notices if each.id == name), None)
            if known:
                return self._proven(listing, known, notice, asked.recorded_by) if notice.proof else listing
            if len(listing.notices) >= MOST_NOTICES:
                raise TOO_MANY_NOTICES(most=MOST_NOTICES)
            return record_notice(listing, ToldNotice(name, notice, self.clock.now(), asked.recorded_by))

        return self._do(request.negativation_id, caller, record_once)

    def prove(self, request: ProveNotice, caller: Caller) -> str:
        """Keep what proves a notice; the same proof again changes nothing.

        Raises ``NotFound``; ``InvalidInput`` for an electronic notice without the day of its delivery, or one before it
        went out; ``Conflict`` for another proof than the first.
        """
        asked = request.notice_proof

        def prove_once(listing: Listing) -> Listing:
            known = next((each for each in listing.notices if each.id == request.notice_id), None)
            if known is None:
                raise NOTICE_NOT_FOUND()
            proven = replace(known.notice, delivered_on=asked.delivered_on, proof=asked.proof)
            if errors := _wrong_days(proven, "notice_proof"):
                raise InvalidInput(errors)
            return self._proven(listing, known, proven, asked.recorded_by)

        return self._do(request.negativation_id, caller, prove_once)

    def _proven(self, listing: Listing, known: ToldNotice, proven: PriorNotice, by: str) -> Listing:
        if known.notice == proven:
            return listing
        if known.notice.proof:
            raise NOTICE_PROVEN(date=local_date(known.proven_at or known.recorded_at).isoformat())
        return prove_notice(listing, known.id, proven, self.clock.now(), by)

    def _do(self, listing_id: str, caller: Caller, act: Callable[[Listing], Listing]) -> str:
        def do_once() -> Listing | None:
            before = find_own(self.store, listing_id, caller)
            after = act(before)
            if after is before:
                return before
            now = self.clock.now()
            after = waits_from(after, local_date(now), self.place_of)
            # What is being asked for this moment keeps its lease; of the rest the days are looked at anew.
            look_at = now + GRACE if after.status in _LISTED else after.look_at
            after = replace(after, look_at=look_at, version=before.version + 1)
            return after if self.store.change(before, after) else None

        listing = until_committed(do_once, LISTING_BUSY)
        if listing.status in _LISTED:
            # Committed is accepted: what could not be queued now, sync_negativations queues.
            with suppress(Retryable):
                self.queue.send([listing_message(listing)])
        return answer_with(listing)


def _address(channel: Channel, written: str) -> tuple[str, list[FieldError]]:
    """Where a notice went, as it is kept, and what is wrong with it."""
    try:
        match channel:
            case Channel.EMAIL:
                return read_email(written), []
            case Channel.SMS | Channel.WHATSAPP:
                return read_mobile_phone(written), []
    except PydanticCustomError:
        rule = NOTICE_EMAIL if channel is Channel.EMAIL else NOTICE_PHONE
        return written, [rule.at("notice.address")]
    # What was sent electronically counts from its delivery, whatever it is called.
    postal = "@" not in written and any(each.isalpha() for each in written)
    return written, [] if postal else [NOTICE_POSTAL.at("notice.address")]


def _wrong_days(notice: PriorNotice, at: str) -> list[FieldError]:
    errors = []
    if notice.delivered_on and not notice.proof:
        errors.append(NOTICE_PROOF_MISSING.at(f"{at}.proof"))
    if notice.proof and not notice.delivered_on and notice.channel is not Channel.LETTER:
        errors.append(NOTICE_DELIVERY_MISSING.at(f"{at}.delivered_on"))
    if notice.delivered_on and notice.delivered_on < notice.sent_on:
        errors.append(NOTICE_DELIVERED_BEFORE.at(f"{at}.delivered_on"))
    return errors
