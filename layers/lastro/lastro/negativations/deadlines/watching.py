"""The schedule that watches listings: late removals are told to the operator, and what is too old stands no longer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.observing import figures
from lastro.kernel.queues.sweeping import SWEEP_TIME, within_time
from lastro.negativations.deadlines.model import last_day
from lastro.negativations.law.calendars import PlaceCalendar
from lastro.negativations.law.expiry import may_stand
from lastro.negativations.law.removal import removal_due_on
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Removal
from lastro.negativations.listings.model import Listing
from lastro.negativations.listings.statuses import IllegalTransition

if TYPE_CHECKING:
    from lastro.negativations.deadlines.store import DeadlineStore
    from lastro.negativations.listings.store import ListingStore

PRESCRIPTION = "prescription"
"""Who asks for the removal of what is prescribed."""

BY_LAW = "42"
"""PEFIN's reason for a removal that is not the creditor's choice."""

COUNT_TIME = timedelta(seconds=10)
"""How long late removals are counted: some hundred thousand."""
END_TIME = SWEEP_TIME - COUNT_TIME

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DeadlineWatch:
    """Looks at every partner's listings by their days alone."""

    store: DeadlineStore
    listings: ListingStore
    reason_for: Callable[[Listing, str], str]
    place_of: Callable[[str, int], PlaceCalendar]
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:
        """End what may no longer stand on a day and count what is late; returns what was done, counted.

        Counting has a time of its own: whoever is told of that many does not need their exact number.
        """
        late = sum(1 for _ in within_time(self.store.list_late(business_date), self.clock, COUNT_TIME))
        # Told when it is nought, too: an alarm ends by a figure, not by silence.
        figures.note("LateRemovals", late)
        if late:
            _log.error("removals are late", extra={"listings": late})
        return {"late": late, **self._end_old(business_date)}

    def _end_old(self, business_date: date) -> dict[str, int]:
        counts = {"expired": 0, "prescribed": 0}
        for listing_id in within_time(self.store.list_past(business_date), self.clock, END_TIME):
            listing = self.listings.find(listing_id)
            day = last_day(listing) if listing else None
            if listing is None or day is None or day >= business_date:
                continue  # the index is a moment behind
            try:
                what, after = self._end(listing, business_date)
                # What changed meanwhile, the next run finds.
                counts[what] += self.listings.change(listing, replace(after, version=listing.version + 1))
            except (Retryable, IllegalTransition) as error:
                _log.warning("listing not ended", extra={"listing_id": listing_id, "fault": type(error).__name__})
        return counts

    def _end(self, listing: Listing, business_date: date) -> tuple[str, Listing]:
        """After five years the registry itself shows it no longer; what is prescribed before has to be taken down."""
        moment = self.clock.now()
        if not may_stand(listing.debt.due_on, business_date):
            return "expired", changes.expire(listing, moment)
        # Its last day is that of any removal that is asked for, where the branch works.
        due_on = removal_due_on(local_date(moment), self.place_of(listing.partner_id, listing.branch_id))
        removal = Removal(self.reason_for(listing, BY_LAW), moment, PRESCRIPTION, due_on)
        return "prescribed", replace(changes.request_removal(listing, removal), look_at=moment)
