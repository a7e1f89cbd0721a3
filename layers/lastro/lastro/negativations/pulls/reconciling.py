"""Following the bureaus that do not push: their records against ours, both ways, and every difference shown.

What the bureau says of a record of ours is its word, as an answer would be. What it lists and we do not know, and what
we take for listed and it does not list, is a difference that a person has to see to.

A run has most of a minute. What it has not come to by then, be it pages of the bureau, records of a page or listings
of ours, the next run goes on with, behind the integrations that have waited longer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.commits import TRANSACTION_CONFLICT, until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import LastroError, Permanent, Retryable
from lastro.kernel.queues.sweeping import within_time
from lastro.negativations.events.model import refuse_or_know
from lastro.negativations.law.removal import removal_due_on
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Act
from lastro.negativations.listings.model import Listing, may_be_listed
from lastro.negativations.listings.rows.locks import Desk
from lastro.negativations.listings.working.standing import waits_from
from lastro.negativations.ports import ListingBureau, Page, Record, Standing
from lastro.negativations.pulls.store import Reading

if TYPE_CHECKING:
    from lastro.bureaus.service import BureauAccess, Integration, ListingBranches
    from lastro.negativations.law.calendars import PlaceCalendar
    from lastro.negativations.listings.store import ListingStore
    from lastro.negativations.pulls.store import Pull, PullStore

EVERY = timedelta(hours=1)
"""How often the records of one integration are read."""
SETTLING = timedelta(minutes=30)
"""How long a bureau may take to list what it included."""
PAGE_SECONDS = 24.0
"""All that one page of records may take, login included."""
READ_TIME = timedelta(seconds=20)
"""How long a run begins with integrations and pages."""
WORK_TIME = timedelta(seconds=45)
"""How long it begins with records and listings: even a page that took all its time leaves some for them."""
LONGEST = timedelta(hours=6)
"""How long one reading may take over all its runs: records that do not end are told as a failure, and read anew."""
LISTED_THERE = "listed_at_bureau"
ABSENT_THERE = "absent_at_bureau"
_LISTED = ("notificada", "ativa")
_STANDS = frozenset({Standing.INCLUDED, Standing.NOTIFIED, Standing.ACTIVE})

_log = logging.getLogger(__name__)


@dataclass()
class _Progress:
    """A reading as a run goes on with it: what it saw before, and what this run saw."""

    reading: Reading
    before: set[str]
    new: set[str] = field(default_factory=set)

    def has_seen(self, listing_id: str) -> bool:
        return listing_id in self.before or listing_id in self.new


@dataclass(frozen=True)
class Reconciliation:
    """Reads the records of one integration after the other. ``run_to_end`` works a coroutine in the one loop."""

    store: ListingStore
    pulls: PullStore
    branches: ListingBranches
    access: BureauAccess
    open_listings: Callable[[Integration], ListingBureau]
    run_to_end: Callable[[Coroutine[Any, Any, Page]], Page]
    place_of: Callable[[str, int], PlaceCalendar]
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - records are read at any date
        """Reconcile what is due; returns what was done, counted."""
        counts = {"integrations": 0, "records": 0, "differences": 0, "failed": 0, "unfinished": 0}
        started = self.clock.now()
        due = self.pulls.list_due(started)
        for pull, due_at, reading in within_time(due, self.clock, READ_TIME):
            # Moved on first: an integration that always fails must not stand in the way of the others.
            later = self.clock.now() + EVERY
            if not self.pulls.postpone(pull, due_at, later):
                continue  # another run reads it
            integration = self.branches.find_integration(pull.partner_id, pull.integration_id)
            if integration is None:
                self.pulls.drop(pull, later)
                continue
            reading = reading or Reading(self.clock.now())
            progress = _Progress(reading, self.pulls.read_seen(pull, reading))
            try:
                ended = self._go_on(pull, integration, progress, started, counts)
            except (LastroError, TimeoutError) as error:
                code = error.code if isinstance(error, LastroError) else "bureau_timeout"
                _log.warning("records not read", extra={"integration_id": integration.id, "code": code})
                counts["failed"] += 1
                if isinstance(error, Permanent):
                    self.pulls.end(pull, later, progress.reading)
                else:
                    self.pulls.pause(pull, later, progress.reading, progress.new, later)
                continue
            if ended:
                counts["integrations"] += 1
                self.pulls.end(pull, later, progress.reading)
            else:
                counts["unfinished"] += 1
                self.pulls.pause(pull, later, progress.reading, progress.new, self.clock.now())
        return counts

    def _go_on(
        self, pull: Pull, integration: Integration, progress: _Progress, started: datetime, counts: dict[str, int]
    ) -> bool:
        """Go on with a reading in a run that started at a moment; false when its time was over before the end."""
        if progress.reading.started_at + LONGEST < self.clock.now():
            raise _without_end()
        desk = Desk(pull.partner_id, integration.provider, integration.environment.value)
        while not progress.reading.listed:
            page = self.run_to_end(self._read_page(pull, integration, progress.reading.after))
            for record in page.records:
                if self.clock.now() >= started + WORK_TIME:
                    # The page is read again: who is known by then is passed over, so it comes to its end.
                    return False
                counts["records"] += 1
                counts["differences"] += self._work(desk, pull, record, progress)
            if page.after is not None and page.after == progress.reading.after:
                raise _without_end()
            progress.reading = replace(progress.reading, after=page.after, listed=page.after is None)
            if not progress.reading.listed and self.clock.now() >= started + READ_TIME:
                return False
        return self._find_absent(desk, integration, progress, started + WORK_TIME, counts)

    async def _read_page(self, pull: Pull, integration: Integration, after: str | None) -> Page:
        async with asyncio.timeout(PAGE_SECONDS):
            bureau = await asyncio.to_thread(self.open_listings, integration)
            return await self.access.call(pull.partner_id, integration, partial(bureau.follow, after))

    def _work(self, desk: Desk, pull: Pull, record: Record, progress: _Progress) -> int:
        """Bring what a record is of to what it says; 1 where that is a difference."""
        name = self.store.find_by_request(desk, record.reference) if record.reference else None
        name = name or self.store.find_by_contract(desk, pull.creditor, record.person.value, record.contract)
        name = name or self.pulls.find_joined(pull, record)
        if name is None:
            if record.standing not in _STANDS:
                return 0
            self.pulls.keep_stranger(pull, record, self.clock.now())
            return 1
        stands = record.standing is not Standing.REMOVED and record.standing is not Standing.REFUSED
        if stands and progress.has_seen(name):
            return 0
        found = self._apply(name, record)
        if stands:
            progress.new.add(name)
        return found

    def _apply(self, listing_id: str, record: Record) -> int:
        at = self.clock.now()
        return self._commit(listing_id, lambda listing: told_by(listing, record, at, self.place_of))

    def _find_absent(
        self, desk: Desk, integration: Integration, progress: _Progress, ends: datetime, counts: dict[str, int]
    ) -> bool:
        """Mark what we take for listed and the reading did not see; false when its time was over before."""
        before = progress.reading.started_at - SETTLING

        def mark(listing: Listing) -> Listing:
            ours = listing.integration_id == integration.id and not listing.removed_at
            settled = listing.included_at is not None and listing.included_at <= before
            if not ours or not settled or listing.difference == ABSENT_THERE:
                return listing
            return replace(listing, difference=ABSENT_THERE)

        until = progress.reading.below or "~"
        for entry in self.store.list_entries(desk.partner_id, since="", until=until, page=100):
            if self.clock.now() >= ends:
                return False
            if entry.provider == desk.provider and entry.status in _LISTED and not progress.has_seen(entry.id):
                counts["differences"] += self._commit(entry.id, mark)
            progress.reading = replace(progress.reading, below=entry.place)
        return True

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

    def _soon(self, listing: Listing) -> datetime | None:
        """What still stands open is looked at by the sweep: it may have something to send now."""
        return self.clock.now() if listing.is_open else None


def told_by(listing: Listing, record: Record, at: datetime, place_of: Callable[[str, int], PlaceCalendar]) -> Listing:
    """What a bureau's record makes of its listing."""
    last = listing.last(Act.INCLUSION)
    if record.standing in _STANDS:
        if listing.removed_at or listing.expired_at or (not listing.is_open and not may_be_listed(listing)):
            # It is listed again, or never was taken down, whatever was said or its five years are; or nobody here sent
            # it.
            today, place = local_date(at), place_of(listing.partner_id, listing.branch_id)
            # What a court ordered down, or its debtor contested, has no days: it was to be gone at once.
            due_on = today if listing.orders else removal_due_on(today, place)
            return changes.stand_again(listing, at, LISTED_THERE, due_on)
        cleared = replace(listing, difference=None) if listing.difference == ABSENT_THERE else listing
        known = changes.include(cleared, at, last.transaction_id if last else None, record.record)
        return known if record.standing is Standing.INCLUDED else changes.note_notice(known, at)
    if listing.difference == LISTED_THERE:
        # It is gone there, too.
        listing = replace(listing, difference=None, again_due_on=None)
    if record.standing is Standing.REMOVED and listing.included_at:
        return changes.remove(listing, at)
    if record.standing is Standing.REMOVED and listing.last(Act.REMOVAL):
        return changes.remove(listing, at)
    if record.standing is Standing.REFUSED and last is not None:
        return refuse_or_know(listing, at, last.transaction_id, record.code or "unknown")
    return listing


def _without_end() -> Permanent:
    return Permanent("the bureau's records do not end", code="records_without_end")


def _busy() -> Retryable:
    return Retryable("others keep writing the listing", code=TRANSACTION_CONFLICT)
