"""The schedule that watches listings: late removals are told to the operator, and what is too old stands no longer."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from lastro.kernel import figures
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.sweeping import within_time
from lastro.negativations.deadlines.model import last_day
from lastro.negativations.listings import changes

if TYPE_CHECKING:
    from lastro.negativations.deadlines.store import DeadlineStore
    from lastro.negativations.listings.store import ListingStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeadlineWatch:
    """Looks at every partner's listings by their days alone."""

    store: DeadlineStore
    listings: ListingStore
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:
        """End what may no longer stand on a day and count what is late; returns what was done, counted."""
        late = self.store.count_late(business_date)
        # Told when it is nought, too: an alarm ends by a figure, not by silence.
        figures.note("LateRemovals", late)
        if late:
            _log.error("removals are late", extra={"listings": late})
        return {"late": late, "expired": self._expire(business_date)}

    def _expire(self, business_date: date) -> int:
        expired = 0
        for listing_id in within_time(self.store.list_past(business_date), self.clock):
            listing = self.listings.find(listing_id)
            day = last_day(listing) if listing else None
            if listing is None or day is None or day >= business_date:
                continue  # the index is a moment behind
            after = changes.expire(listing, format_moment(self.clock.now()))
            try:
                # What changed meanwhile, the next run finds.
                expired += self.listings.change(listing, replace(after, version=listing.version + 1))
            except Retryable:
                continue
        return expired
