"""What becomes of listings when their boleto does: paid, disputed, renegotiated, cancelled, amended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.commits import TRANSACTION_CONFLICT, until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.negativations.boletos.model import Boleto, Event
from lastro.negativations.boletos.model import Status as BoletoStatus
from lastro.negativations.law.removal import removal_due_on
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Origin, Removal, Settlement
from lastro.negativations.listings.messages import listing_message
from lastro.negativations.listings.model import GRACE, Listing, may_be_listed
from lastro.negativations.listings.statuses import ENDED, Status
from lastro.negativations.providers import LISTING_FACTS

if TYPE_CHECKING:
    from lastro.bureaus.service import Integration, ListingBranches
    from lastro.kernel.queues.queue import MessageQueue
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.law.calendars import PlaceCalendar
    from lastro.negativations.listings.store import ListingStore
    from lastro.negativations.payments import BoletoChange

ROUTINE = "collection"
"""Who asks for what nobody asked for: the collection."""

PAID = "01"
"""PEFIN's reason of a debt that is paid."""

_CEASED = frozenset({"boleto_cancelled", "boleto_renegotiated"})


@dataclass(frozen=True)
class RemovalReasons:
    """The reason of a removal in the words of the bureau that it goes to."""

    branches: ListingBranches

    def reason_for(self, listing: Listing, pefin: str) -> str:
        """PEFIN's reason, or the one that the integration names: for a payment, and for all where the bureau has a list
        of its own. What PEFIN's table does not hold is no reason there: a removal never fails for a code.
        """
        reasons = LISTING_FACTS[listing.provider].reasons
        if reasons and pefin != PAID:
            return pefin
        integration = self.integration_of(listing)
        named = integration.fields.get("removal_code") if integration else None
        if reasons:
            return named if isinstance(named, str) and named in reasons else pefin
        return named if isinstance(named, str) and named else "1"

    def integration_of(self, listing: Listing) -> Integration | None:
        return self.branches.find_integration(listing.partner_id, listing.integration_id)


@dataclass(frozen=True)
class ListingFollower:
    """Fills ``FollowChanges``. Following a change twice does nothing the second time."""

    store: ListingStore
    boletos: BoletoStore
    reasons: RemovalReasons
    queue: MessageQueue
    clock: Clock
    place_of: Callable[[str, int], PlaceCalendar]

    def __call__(self, change: BoletoChange) -> None:
        """Settle, remove or mark every listing of a boleto. Raises ``Retryable`` when it could not be done now."""
        for name in self.store.list_of_boleto(change.boleto.partner_id, change.boleto.id):
            self.follow(name, change.boleto, change.event)

    def follow(self, listing_id: str, boleto: Boleto, event: Event | None = None) -> None:
        """Bring one listing to what its boleto is now; ``event`` tells what an amendment was.

        ``boleto`` is what it was when it changed. Another change may have been followed since, which this one must not
        undo: the boleto is read behind the listing, so that whoever follows a later one overruns this or is seen.
        """

        def follow_once() -> Listing | None:
            before = self.store.find(listing_id)
            if before is None or before.status in ENDED:
                return before
            now = self.boletos.find(boleto.partner_id, boleto.id)
            after = self._after(before, now or boleto, event)
            if after is before:
                return before
            soon = self.clock.now() + GRACE if after.status is Status.TO_REMOVE else None
            after = replace(after, version=before.version + 1, look_at=soon or after.look_at)
            return after if self.store.change(before, after) else None

        listing = until_committed(follow_once, _busy)
        if listing.status is Status.TO_REMOVE:
            # Committed is accepted: what could not be queued now, sync_negativations queues.
            with suppress(Retryable):
                self.queue.send([listing_message(listing)])

    def _after(self, listing: Listing, boleto: Boleto, event: Event | None) -> Listing:
        at = self.clock.now()
        payment = boleto.settlement
        if payment is not None:
            # The whole debt is there with the last of its parts, whichever was told last.
            available_on = max(part.available_on for part in boleto.payments)
            return self._settled(listing, Settlement(payment.paid_on, available_on), at)
        unsent = not may_be_listed(listing)
        word = _word(boleto, event)
        if boleto.status is BoletoStatus.OPEN:
            listing = changes.owe_again(listing, at)
        if word is None:
            return listing
        if unsent:
            return changes.request_removal(listing, Removal("", at, word))
        if word == "boleto_disputed" and not listing.removal:
            # Contested is taken down at once, whoever asked for the listing (CDC art. 43 §3).
            reason = self.reasons.reason_for(listing, "45")
            return changes.request_removal(listing, Removal(reason, at, word, local_date(at)))
        if word in _CEASED and not listing.removal:
            # Owed no longer: the removal is due as that of a paid debt, from the day on which it ended.
            ended_on = local_date(boleto.updated_at)
            place = self.place_of(listing.partner_id, listing.branch_id)
            return changes.cease(listing, at, word, removal_due_on(ended_on, place))
        return listing if listing.difference == word or listing.removal else replace(listing, difference=word)

    def _settled(self, listing: Listing, settlement: Settlement, at: datetime) -> Listing:
        place = self.place_of(listing.partner_id, listing.branch_id)
        removal, due_on = None, removal_due_on(settlement.available_on, place)
        if listing.origin is Origin.AUTOMATIC and not listing.removal:
            integration = self.reasons.integration_of(listing)
            if integration is not None and integration.automatic:
                removal = Removal(self.reasons.reason_for(listing, PAID), at, ROUTINE, due_on)
        return changes.settle(listing, at, settlement, due_on, removal)


def _word(boleto: Boleto, event: Event | None) -> str | None:
    """What a boleto's status, or a change of it, means for a record that stands; ``None``: nothing."""
    if boleto.status.value in ("disputed", "cancelled", "renegotiated"):
        return f"boleto_{boleto.status.value}"
    return {Event.PAID_IN_PART: "boleto_paid_in_part", Event.AMENDED: "boleto_amended"}.get(event) if event else None


def _busy() -> Retryable:
    return Retryable("others keep writing the listing", code=TRANSACTION_CONFLICT)
