"""The sweep behind ``sync_negativations``: what was accepted is sent, what was told is joined, payments followed."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.observing.tracing import tracing
from lastro.kernel.queues.queue import MessageQueue
from lastro.kernel.queues.sweeping import RESENT, SWEEP_TIME, within_time
from lastro.negativations.events.receiving import find_listing
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.changing.noticing import unproven_at
from lastro.negativations.listings.following.boletos import ListingFollower
from lastro.negativations.listings.messages import ListingMessage, listing_message
from lastro.negativations.listings.model import Listing, looked_at_on, open_sending
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.listings.statuses import Status
from lastro.negativations.payments import BoletoChange

if TYPE_CHECKING:
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.events.store import EventStore
    from lastro.negativations.listings.store import ListingStore

GRACE = timedelta(seconds=60)
"""What is younger is left to whoever made it."""
PART_TIME = SWEEP_TIME / 3
"""How long a run begins with new things of one kind: the three of them share its time."""
LOOKED_FOR_LEAST, LOOKED_FOR_MOST = timedelta(minutes=2), timedelta(hours=1)
"""How long a message without a listing is left alone: as long as it has waited, within these."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ListingSweep:
    """Queues again what nobody took: three runs, of which none stops another."""

    store: ListingStore
    boletos: BoletoStore
    events: EventStore
    follower: ListingFollower
    queue: MessageQueue
    clock: Clock

    def follow_changes(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - changes are followed at any date
        """Bring listings to what became of their boletos; returns how many changes were followed."""
        before = self.clock.now() - GRACE
        followed = 0
        for change in within_time(self.boletos.list_changes(before), self.clock, PART_TIME):
            # Behind the others first: what fails every time, however, must not stand in the way of what does not.
            self.boletos.put_off_change(change, self.clock.now())
            boleto = self.boletos.find(change.partner_id, change.boleto_id)
            try:
                if boleto is not None:
                    with tracing(change.request_id):
                        self.follower(BoletoChange(change.event, boleto, change.version))
            except Retryable as error:
                _log.warning("change not followed", extra={"boleto_id": change.boleto_id, "code": error.code})
                continue
            self.boletos.drop_change(change.partner_id, change.boleto_id, change.version)
            followed += 1
        return {"changes": followed}

    def send_due(self, business_date: date) -> dict[str, int]:
        """Send listings that are due; returns how many.

        On a date that is still to come, notices that have run their time by then are done with; nothing else is early.
        Raises ``Retryable`` when the queue is out of reach.
        """
        now = self.clock.now()
        early = business_date > local_date(now)
        sent = 0
        until = max(now, looked_at_on(business_date)) if early else now
        for name in within_time(self.store.list_due(until), self.clock, PART_TIME):
            listing = self.store.find(name)
            if listing is None or listing.look_at is None:
                continue  # the index is a moment behind
            if listing.look_at > now and not (early and _has_run(listing, business_date)):
                continue
            later = self._moved_on(listing)
            try:
                taken = self.store.change(listing, later)
            except Retryable:
                continue  # somebody is writing it this moment
            if taken:
                sent += 1
                self.queue.send([listing_message(listing, business_date if early else None)])
        return {"listings": sent}

    def _moved_on(self, listing: Listing) -> Listing:
        """What becomes of a due listing before its message is sent: looked at again after a while.

        One that is still being asked for by now lost its process: whether it was asked, only the bureau knows.
        """
        now = self.clock.now()
        sending = open_sending(listing)
        lost = listing
        if sending is not None and not sending.lost:
            _log.warning("listing lost its process", extra={"listing_id": listing.id, "provider": listing.provider})
            lost = changes.lose(listing, now, sending.transaction_id, "lost")
        return replace(lost, look_at=now + RESENT, version=listing.version + 1)

    def join_orphans(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - messages come at any date
        """Look again for the listings of bureaus' messages; returns how many were found. Raises ``Retryable`` when the
        queue is out of reach.
        """
        before = self.clock.now() - GRACE
        joined = 0
        for orphan in within_time(self.events.list_orphans(before), self.clock, PART_TIME):
            event, now = orphan.event, self.clock.now()
            waited = now - event.received_at
            later = now + min(max(waited, LOOKED_FOR_LEAST), LOOKED_FOR_MOST)
            # Moved on first: what belongs to nobody must not stand in the way of what does.
            if not self.events.postpone(orphan, later):
                continue
            provider, environment = event.bureau.split(".", 1)
            name = find_listing(self.store, Desk(event.partner_id, provider, environment), event.told)
            if name:
                joined += 1
                message = ListingMessage(
                    partner_id=event.partner_id,
                    request_id=orphan.request_id,
                    listing_id=name,
                    uuid=event.told.uuid,
                )
                self.queue.send([message])
        return {"joined": joined}


def _has_run(listing: Listing, day: date) -> bool:
    """Whether the notice of a listing has run its time by a day, or that of its proof is over."""
    if listing.status is not Status.NOTIFIED:
        return False
    unproven = unproven_at(listing)
    return (listing.active_from is not None and listing.active_from <= day) or (
        unproven is not None and unproven <= looked_at_on(day)
    )
