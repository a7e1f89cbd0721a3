"""Use case of deadlines: what has to be down and until when."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.negativations.deadlines.model import Deadline
from lastro.negativations.deadlines.requests import ListDeadlines
from lastro.negativations.deadlines.views import BranchDeadlines, DeadlineList, DeadlineView

if TYPE_CHECKING:
    from lastro.negativations.deadlines.store import DeadlineStore
    from lastro.negativations.listings.store import ListingStore


MOST_COUNTED = 20_000
"""Deadlines that one answer looks through."""


@dataclass(frozen=True)
class DeadlineReading:
    """Reads deadlines."""

    store: DeadlineStore
    listings: ListingStore
    clock: Clock

    def list_due(self, request: ListDeadlines, caller: Caller) -> DeadlineList:
        """What is due, the earliest first; figures are of ``MOST_COUNTED`` at most, whatever the page holds."""
        today = local_date(self.clock.now())
        due, late = Counter[int](), Counter[int]()
        shown: list[Deadline] = []
        found = self.store.list_of_partner(caller.partner_id)
        for deadline in islice(found, MOST_COUNTED):
            if request.branch_id not in (None, deadline.branch_id):
                continue
            is_late = deadline.is_late(today)
            due[deadline.branch_id] += 1
            late[deadline.branch_id] += is_late
            if request.late in (None, is_late) and len(shown) < request.per_page:
                shown.append(deadline)
        listings = self.listings.find_many([each.listing_id for each in shown])
        return DeadlineList(
            data=[
                DeadlineView(
                    negativation_id=listing.id,
                    boleto_id=listing.boleto_id,
                    branch_id=listing.branch_id,
                    status=listing.status.value,
                    origin=listing.origin.value,
                    available_on=listing.settlement.available_on.isoformat() if listing.settlement else None,
                    due_on=deadline.due_on.isoformat(),
                    late=deadline.is_late(today),
                    to_be_asked_for=listing.removal is None or listing.again_due_on is not None,
                )
                for deadline in shown
                if (listing := listings.get(deadline.listing_id))
            ],
            due=due.total(),
            late=late.total(),
            counted_all=next(found, None) is None,
            by_branch=[BranchDeadlines(branch_id=branch, due=due[branch], late=late[branch]) for branch in sorted(due)],
        )
