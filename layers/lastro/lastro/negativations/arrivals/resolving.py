"""Seeing to what bureaus told and belongs to no listing: a person joins it to one, or says why it is of none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.errors import InvalidInput, Retryable
from lastro.kernel.queues.queue import MessageQueue
from lastro.negativations.arrivals.requests import ListArrivals, ResolveArrival
from lastro.negativations.arrivals.store import resolved
from lastro.negativations.arrivals.views import ArrivalAnswer, ArrivalList, view_arrival
from lastro.negativations.errors import (
    ARRIVAL_BUSY,
    ARRIVAL_NOT_FOUND,
    ARRIVAL_OF_ANOTHER,
    ARRIVAL_UNREADABLE,
    LISTING_BUSY,
    LISTING_NOT_FOUND,
)
from lastro.negativations.events.model import adopt, apply_event
from lastro.negativations.events.store import to_event
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.listings.messages import listing_message
from lastro.negativations.listings.model import Listing
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.listings.statuses import IllegalTransition
from lastro.negativations.pages import read_cursor
from lastro.negativations.ports import Record, Standing
from lastro.negativations.pulls.reconciling import told_by

if TYPE_CHECKING:
    from lastro.negativations.arrivals.store import ArrivalStore
    from lastro.negativations.listings.store import ListingStore


@dataclass(frozen=True)
class Arrivals:
    """Lists a partner's arrivals."""

    store: ArrivalStore

    def list_page(self, request: ListArrivals, caller: Caller) -> ArrivalList:
        """One page, newest first. Raises ``InvalidInput`` for a cursor that was never given."""
        below, limit = read_cursor(request.cursor, "arrivals"), request.per_page + 1
        found = self.store.list(caller.partner_id, below, limit, seen=bool(request.seen))
        page = found[: request.per_page]
        following = spell_cursor(page[-1]["by_owner_sk"], "arrivals") if len(found) > len(page) else None
        return ArrivalList(data=[view_arrival(item) for item in page], next_cursor=following)


@dataclass(frozen=True)
class Resolving:
    """What a person says of them."""

    store: ArrivalStore
    listings: ListingStore
    queue: MessageQueue
    clock: Clock
    place_of: Callable[[str, int], PlaceCalendar]

    def resolve(self, request: ResolveArrival, caller: Caller) -> ArrivalAnswer:
        """Join an arrival to a listing, which takes its word, or dismiss it. Joined twice, the listing is as once.

        Raises ``NotFound``, also for a listing that is none of the partner's; ``Conflict`` for a listing of another
        person, bureau or integration, for what cannot be read, and for what another saw to meanwhile.
        """
        asked = request.resolution
        try:
            place = read_cursor(request.arrival_id, "")
        except InvalidInput as error:
            raise ARRIVAL_NOT_FOUND() from error
        item = self.store.find(caller.partner_id, place)
        if item is None:
            raise ARRIVAL_NOT_FOUND()
        said = {
            "action": asked.action,
            "reason": asked.reason,
            "by": asked.resolved_by,
            "at": format_moment(self.clock.now()),
        }
        joined = None
        if asked.action == "join" and asked.negativation_id is not None:
            joined = self._join(item, asked.negativation_id, said, caller)
            # Committed is accepted: what could not be queued now, sync_negativations queues.
            with suppress(Retryable):
                self.queue.send([listing_message(joined)])
        elif not self.store.resolve(item, said):
            raise ARRIVAL_BUSY()
        told = {**item, "resolution": said, "listing_id": joined.id if joined else None}
        return ArrivalAnswer(data=view_arrival(told))

    def _join(self, item: Mapping[str, Any], listing_id: str, said: Mapping[str, Any], caller: Caller) -> Listing:
        """The listing with the arrival's word, both kept in one write: no other listing has it, and nobody dismissed
        it.
        """
        listing = self.listings.find(listing_id)
        if listing is None or listing.partner_id != caller.partner_id:
            raise LISTING_NOT_FOUND()
        word = self._word(item, listing)

        def join_once() -> Listing | None:
            before = self.listings.find(listing_id)
            if before is None:
                raise LISTING_NOT_FOUND()
            try:
                after = word(before)
            except IllegalTransition as error:
                raise ARRIVAL_OF_ANOTHER() from error
            # Written also where it says nothing new: what is joined is of this listing alone.
            after = replace(after, look_at=after.look_at or self.clock.now(), version=before.version + 1)
            if self.listings.change(before, after, also=[resolved(item, said, before.id)]):
                return after
            if self.store.find(caller.partner_id, item["by_owner_sk"]) is None:
                raise ARRIVAL_BUSY()
            return None

        return until_committed(join_once, LISTING_BUSY)

    def _word(self, item: Mapping[str, Any], listing: Listing) -> Callable[[Listing], Listing]:
        """What the arrival makes of a listing that it can be of."""
        if item["entity"] == "foreign_record":
            record = Record(
                parse_document(item["document"]), item["contract"], Standing(item["standing"]), None, item["record"]
            )
            if (record.person, item["integration_id"]) != (listing.person.document, listing.integration_id):
                raise ARRIVAL_OF_ANOTHER()
            return lambda each: told_by(each, record, self.clock.now(), self.place_of)
        if "told" not in item:
            raise ARRIVAL_UNREADABLE()
        event = to_event(item)
        document = listing.person.document.value
        same = event.told.debtor.zfill(len(document)) == document
        if not same or event.bureau != Desk.of(listing).bureau:
            raise ARRIVAL_OF_ANOTHER()
        return lambda each: apply_event(adopt(each, event), event)
