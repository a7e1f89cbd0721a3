"""What becomes of a listing while it is worked: claims, words and the next look of the sweep, each committed whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.commits import TRANSACTION_CONFLICT, until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import BusinessRefusal, Conflict, InvalidInput, NotFound, Retryable
from lastro.negativations.boletos.model import Boleto
from lastro.negativations.events.model import adopt, apply_event
from lastro.negativations.identity import transaction_id_of
from lastro.negativations.law.expiry import last_day_of_record
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.changing.noticing import unproven_at
from lastro.negativations.listings.facts import Act, Removal
from lastro.negativations.listings.model import PATIENCE, Listing, is_too_old, looked_at_on, next_act, open_sending
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.listings.statuses import Status
from lastro.negativations.listings.working.standing import waits_from
from lastro.negativations.providers import LISTING_FACTS

if TYPE_CHECKING:
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.events.store import EventStore
    from lastro.negativations.listings.asking.rechecking import ListingRules
    from lastro.negativations.listings.following.boletos import ListingFollower
    from lastro.negativations.listings.store import ListingStore

LEASE = timedelta(seconds=60)
"""Longer than a function that asks may live: what is still being asked by then lost its process."""
RETRY = timedelta(seconds=300)

Change = Callable[[Listing], Listing]


@dataclass(frozen=True)
class Claims:
    """Changes of listings by those who work them."""

    store: ListingStore
    boletos: BoletoStore
    rules: ListingRules
    events: EventStore
    follower: ListingFollower
    clock: Clock

    def joined(self, listing_id: str, uuid: str = "") -> Listing | None:
        """The listing with every message that came for its requests, before or after their answers."""
        listing = self.store.find(listing_id)
        if listing is None:
            return None
        desk = Desk.of(listing)
        named = [each.receipt for each in listing.sendings if each.receipt] + ([uuid] if uuid else [])
        events = [event for name in named for event in self.events.find(desk.partner_id, desk.bureau, name)]
        pending = [event for event in events if event.listing_id is None]
        if not pending:
            return listing

        def join(each: Listing) -> Listing:
            for event in pending:
                each = apply_event(adopt(each, event), event)
            return each

        listing = self.commit(listing_id, join)
        for event in pending:
            if any(each.receipt == event.told.uuid for each in listing.sendings):
                self.events.join(event, listing_id)
        return listing

    def claim(self, listing: Listing, act: Act) -> Listing | None:
        now = self.clock.now()
        boleto = None
        if act is Act.INCLUSION:
            boleto = self._listable(listing, now)
            if boleto is None:
                return None
        name = transaction_id_of(listing.id, act.value, listing.count(act) + 1)
        claimed = changes.send(listing, now, name)
        claimed = replace(claimed, version=listing.version + 1, look_at=now + LEASE)
        return claimed if self.store.change(listing, claimed, boleto=boleto) else None

    def _listable(self, listing: Listing, now: datetime) -> Boleto | None:
        """The boleto of what may still be sent. What may not comes to nothing: nobody is called, and it says why."""
        try:
            boleto = self.rules.check(listing)
        except (BusinessRefusal, Conflict, InvalidInput, NotFound) as error:
            known = self.boletos.find(listing.partner_id, listing.boleto_id)
            if known is not None and not known.is_overdue(local_date(now)):
                # Paid, disputed, renegotiated or cancelled: kept in its own words.
                self.follower.follow(listing.id, known)
            elif known is not None and is_too_old(known.due_on, local_date(now), known.prescription_years):
                self.commit(listing.id, lambda each: changes.expire(each, now))
                return None
            word = error.errors[0].rule if isinstance(error, InvalidInput) else error.code
            cancelled = Removal("", now, word)
            self.commit(listing.id, lambda each: _cancel(each, cancelled))
            return None
        if (boleto.remaining_cents, boleto.due_on) != (listing.debt.amount, listing.debt.due_on):
            # What would be sent is no longer what is owed.
            cancelled = Removal("", now, "boleto_amended")
            self.commit(listing.id, lambda each: _cancel(each, cancelled))
            return None
        return boleto

    def commit(
        self, listing_id: str, change: Change, look_at: datetime | None = None, day: date | None = None
    ) -> Listing:
        """Make a change of whatever the listing is by now; a word that came meanwhile stays.

        Its notice is looked at by ``day``, or by today where that is later.
        """

        def commit_once() -> Listing | None:
            before = self.store.find(listing_id)
            if before is None:
                raise _busy()
            today = local_date(self.clock.now())
            after = waits_from(change(before), max(today, day or today), self.follower.place_of)
            after = replace(after, look_at=self._next_look(after, look_at))
            if after.removed_at and not before.removed_at:
                # Looked at once more: its guarantors' records went with it.
                after = replace(after, look_at=self.clock.now() + LEASE)
            if after == before:
                return before
            after = replace(after, version=before.version + 1)
            return after if self.store.change(before, after) else None

        return until_committed(commit_once, _busy)

    def remove_linked(self, principal: Listing) -> None:
        """At PEFIN the record of a debtor takes those of its guarantors down with it; twice, it changes nothing."""
        if principal.guarantor_id or not LISTING_FACTS[principal.provider].reasons:
            return
        for name in self.store.list_of_boleto(principal.partner_id, principal.boleto_id):
            linked = self.store.find(name)
            if linked and linked.principal_id == principal.id and linked.is_open:
                at = principal.removed_at or self.clock.now()
                self.commit(name, partial(changes.remove, at=at))

    def _next_look(self, listing: Listing, wanted: datetime | None) -> datetime | None:
        """When the sweep is to look again; ``None`` for what waits for a person or is over."""
        now = self.clock.now()
        match listing.status:
            case Status.TO_SEND:
                return wanted or now
            case Status.TO_REMOVE:
                last = listing.last(Act.INCLUSION)
                if next_act(listing, now) is None and last is not None:
                    return last.sent_at + PATIENCE
                return wanted or now
            case Status.SENT | Status.REMOVAL_SENT if open_sending(listing):
                asks = LISTING_FACTS[listing.provider].finds
                return (wanted or now + RETRY) if asks or wanted else None
            case Status.NOTIFIED if listing.active_from:
                return looked_at_on(listing.active_from)
            case Status.NOTIFIED if unproven := unproven_at(listing):
                return unproven
            case Status.NOTIFIED | Status.ACTIVE:
                return looked_at_on(last_day_of_record(listing.debt.due_on) + timedelta(days=1))
        return None


def _cancel(listing: Listing, cancelled: Removal) -> Listing:
    """What was not sent comes to nothing; what became of it meanwhile stays."""
    return changes.request_removal(listing, cancelled) if listing.status is Status.TO_SEND else listing


def _busy() -> Retryable:
    return Retryable("others keep writing the listing", code=TRANSACTION_CONFLICT)
