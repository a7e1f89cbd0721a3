"""Listings of guarantors, whose records do not outlive the debtor's."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.commits import TRANSACTION_CONFLICT, until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.queue import MessageQueue
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.messages import listing_message
from lastro.negativations.listings.model import GRACE, Listing
from lastro.negativations.listings.statuses import Status

if TYPE_CHECKING:
    from lastro.negativations.listings.store import ListingStore


@dataclass(frozen=True)
class GuarantorListings:
    """Follows removals of debtors' records."""

    store: ListingStore
    queue: MessageQueue
    clock: Clock

    def follow(self, principal: Listing) -> None:
        """Ask for the removal of every guarantor's listing of a debtor's whose removal is asked for; twice, it changes
        nothing. Raises ``Retryable`` when it could not be done now.
        """
        if principal.guarantor_id or principal.removal is None:
            return
        for name in self.store.list_of_boleto(principal.partner_id, principal.boleto_id):
            linked = self.store.find(name)
            if linked and linked.principal_id == principal.id:
                self._follow_one(name, principal)

    def _follow_one(self, listing_id: str, principal: Listing) -> None:
        listing = until_committed(partial(self._follow_once, listing_id, principal), _busy)
        if listing.status is Status.TO_REMOVE:
            # Committed is accepted: what could not be queued now, sync_negativations queues.
            with suppress(Retryable):
                self.queue.send([listing_message(listing)])

    def _follow_once(self, listing_id: str, principal: Listing) -> Listing | None:
        before = self.store.find(listing_id)
        if before is None:
            raise _busy()
        after = changes.follow_principal(before, principal)
        if after is before:
            return before
        soon = self.clock.now() + GRACE if after.status is Status.TO_REMOVE else None
        after = replace(after, version=before.version + 1, look_at=soon or after.look_at)
        return after if self.store.change(before, after) else None


def _busy() -> Retryable:
    return Retryable("others keep writing the listing", code=TRANSACTION_CONFLICT)
