"""Following the bureaus that do not push: their records against ours, both ways, and every difference shown.

What the bureau says of a record of ours is its word, as an answer would be. What it lists and we do not know, and what
we take for listed and it does not list, is a difference that a person has to see to.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from lastro.bureaus.service import BureauAccess, Integration, ListingBranches
from lastro.kernel.calendar import Clock, format_moment, local_date
from lastro.kernel.commits import TRANSACTION_CONFLICT, until_committed
from lastro.kernel.errors import LastroError, Retryable
from lastro.kernel.queues.sweeping import within_time
from lastro.negativations.events.model import refuse_or_know
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.listings import changes
from lastro.negativations.listings.model import Act, Listing, may_be_listed
from lastro.negativations.listings.store import Desk
from lastro.negativations.listings.working.standing import waits_from
from lastro.negativations.ports import ListingBureau, Record, Standing

if TYPE_CHECKING:
    from lastro.negativations.listings.store import ListingStore
    from lastro.negativations.pulls.store import Pull, PullStore

EVERY = timedelta(hours=1)
"""How often the records of one integration are read."""
SETTLING = timedelta(minutes=30)
"""How long a bureau may take to list what it included."""
PAGE_SECONDS = 24.0
"""All that one page of records may take, login included."""
READ_SECONDS = 40.0
"""All that the pages of one integration may take together: pages that do not end are told as a failure."""
LISTED_THERE = "listed_at_bureau"
ABSENT_THERE = "absent_at_bureau"
_STANDS = frozenset({Standing.INCLUDED, Standing.NOTIFIED, Standing.ACTIVE})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Reads the records of one integration after the other. ``run_to_end`` works a coroutine in the one loop."""

    store: ListingStore
    pulls: PullStore
    branches: ListingBranches
    access: BureauAccess
    open_listings: Callable[[Integration], ListingBureau]
    run_to_end: Callable[[Coroutine[Any, Any, list[Record]]], list[Record]]
    place_of: Callable[[str, int], PlaceCalendar]
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - records are read at any date
        """Reconcile what is due; returns what was done, counted."""
        counts = {"integrations": 0, "records": 0, "differences": 0, "failed": 0}
        for pull, due_at in within_time(self.pulls.list_due(format_moment(self.clock.now())), self.clock):
            # Moved on first: an integration that always fails must not stand in the way of the others.
            later = format_moment(self.clock.now() + EVERY)
            if not self.pulls.postpone(pull, due_at, later):
                continue  # another run reads it
            integration = self.branches.find_integration(pull.partner_id, pull.integration_id)
            if integration is None:
                self.pulls.drop(pull, later)
                continue
            try:
                records = self.run_to_end(self._read(pull, integration))
            except (LastroError, TimeoutError) as error:
                code = error.code if isinstance(error, LastroError) else "bureau_timeout"
                _log.warning("records not read", extra={"integration_id": integration.id, "code": code})
                counts["failed"] += 1
                continue
            counts["integrations"] += 1
            counts["records"] += len(records)
            counts["differences"] += self._reconcile(pull, integration, records)
        return counts

    async def _read(self, pull: Pull, integration: Integration) -> list[Record]:
        bureau = await asyncio.to_thread(self.open_listings, integration)
        records: list[Record] = []
        after: str | None = None
        async with asyncio.timeout(READ_SECONDS):
            while True:
                async with asyncio.timeout(PAGE_SECONDS):
                    page = await self.access.call(pull.partner_id, integration, partial(bureau.follow, after))
                records += page.records
                after = page.after
                if after is None:
                    return records

    def _reconcile(self, pull: Pull, integration: Integration, records: list[Record]) -> int:
        desk = Desk(pull.partner_id, integration.provider, integration.environment.value)
        differences, seen = 0, set[str]()
        for record in records:
            name = self.store.find_by_request(desk, record.reference) if record.reference else None
            name = name or self.store.find_by_contract(desk, pull.creditor, record.person.value, record.contract)
            if name is None:
                if record.standing in _STANDS:
                    differences += 1
                    self.pulls.keep_stranger(pull, record, format_moment(self.clock.now()))
                continue
            if record.standing is not Standing.REMOVED and record.standing is not Standing.REFUSED:
                seen.add(name)
            differences += self._apply(name, record)
        return differences + self._find_absent(desk, integration, seen)

    def _apply(self, listing_id: str, record: Record) -> int:
        at = format_moment(self.clock.now())
        return self._commit(listing_id, lambda listing: told_by(listing, record, at))

    def _find_absent(self, desk: Desk, integration: Integration, seen: set[str]) -> int:
        settled = format_moment(self.clock.now() - SETTLING)
        found = 0
        for entry in self.store.list_entries(desk.partner_id, since="", until="~", page=100):
            if entry.provider != desk.provider or entry.id in seen or entry.status not in ("notificada", "ativa"):
                continue

            def mark(listing: Listing) -> Listing:
                ours = listing.integration_id == integration.id and listing.included_at and not listing.removed_at
                if not ours or (listing.included_at or "") > settled or listing.difference == ABSENT_THERE:
                    return listing
                return replace(listing, difference=ABSENT_THERE)

            found += self._commit(entry.id, mark)
        return found

    def _commit(self, listing_id: str, change: Callable[[Listing], Listing]) -> int:
        """Make a change; 1 when it made a difference that was not there before."""

        def commit_once() -> tuple[int] | None:
            before = self.store.find(listing_id)
            if before is None:
                return (0,)
            after = waits_from(change(before), local_date(self.clock.now()), self.place_of)
            if after == before:
                return (0,)
            after = replace(after, version=before.version + 1, look_at=after.look_at or self._soon(after))
            new = bool(after.difference) and after.difference != before.difference
            return (int(new),) if self.store.change(before, after) else None

        return until_committed(commit_once, _busy)[0]

    def _soon(self, listing: Listing) -> str | None:
        """What still stands open is looked at by the sweep: it may have something to send now."""
        return format_moment(self.clock.now()) if listing.is_open else None


def told_by(listing: Listing, record: Record, at: str) -> Listing:
    """What a bureau's record makes of its listing."""
    last = listing.last(Act.INCLUSION)
    if record.standing in _STANDS:
        if not listing.is_open and not may_be_listed(listing):
            return listing if listing.difference == LISTED_THERE else replace(listing, difference=LISTED_THERE)
        if listing.removed_at:
            # It is listed again, or never was taken down, whatever was said.
            return listing if listing.difference == LISTED_THERE else replace(listing, difference=LISTED_THERE)
        cleared = replace(listing, difference=None) if listing.difference == ABSENT_THERE else listing
        return changes.include(cleared, at, last.transaction_id if last else None, record.record)
    if listing.difference == LISTED_THERE:
        # It is gone there, too.
        listing = replace(listing, difference=None)
    if record.standing is Standing.REMOVED and listing.included_at:
        return changes.remove(listing, at)
    if record.standing is Standing.REMOVED and listing.last(Act.REMOVAL):
        return changes.remove(listing, at)
    if record.standing is Standing.REFUSED and last is not None:
        return refuse_or_know(listing, at, last.transaction_id, record.code or "unknown")
    return listing


def _busy() -> Retryable:
    return Retryable("others keep writing the listing", code=TRANSACTION_CONFLICT)
