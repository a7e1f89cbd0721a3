"""What partners do with a listing there is: take it down, send what failed once more, decide on it, read it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput, Retryable
from lastro.kernel.keyed_request import KeyedRequest
from lastro.kernel.texts.names import same_person
from lastro.negativations.errors import (
    ALREADY_DECIDED,
    BOLETO_NOT_FOUND,
    CONTRACT_LISTED,
    JUSTIFICATION_REQUIRED,
    LISTING_BUSY,
    LISTING_EXISTS,
    LISTING_NOT_FOUND,
    NOT_RESENDABLE,
    ORDER_KNOWN,
    ORDER_NUMBER,
    REMOVAL_ASKED,
    REMOVAL_IMPOSSIBLE,
    REQUESTER_CANNOT_APPROVE,
)
from lastro.negativations.law.removal import AT_ONCE, removal_due_on
from lastro.negativations.listings.asking.checking import check_reason
from lastro.negativations.listings.asking.creating import ListingCreation, ListingOrder
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import OrderKind, Removal, RemovalOrder
from lastro.negativations.listings.messages import listing_message
from lastro.negativations.listings.model import GRACE, Listing, may_be_listed
from lastro.negativations.listings.rendering import answer_with
from lastro.negativations.listings.statuses import Event, IllegalTransition, Status
from lastro.negativations.providers import LISTING_FACTS

if TYPE_CHECKING:
    from lastro.bureaus.service import ListingBranches
    from lastro.kernel.callers.caller import Caller
    from lastro.kernel.queues.queue import MessageQueue
    from lastro.negativations.boletos.store import BoletoStore
    from lastro.negativations.law.calendars import PlaceCalendar
    from lastro.negativations.listings.asking.rechecking import ListingRules
    from lastro.negativations.listings.following.boletos import RemovalReasons
    from lastro.negativations.listings.following.guarantors import GuarantorListings
    from lastro.negativations.listings.requests import (
        CreateListing,
        DecideListing,
        OrderRemoval,
        RemoveListing,
        ResendListing,
    )
    from lastro.negativations.listings.store import ListingStore

ORDER_REASONS = {OrderKind.COURT: "04", OrderKind.CONTESTATION: "45"}
"""PEFIN's reasons."""

_TO_DO = frozenset({Status.TO_SEND, Status.TO_REMOVE})


@dataclass(frozen=True)
class ManualListings:
    """Manual listings: asked for by a person."""

    creation: ListingCreation

    def create(self, request: CreateListing, caller: Caller) -> str:
        """Ask for a listing. Raises what ``ListingCreation.place`` raises."""
        asked = request.negativation
        keyed = KeyedRequest.of(
            f"create_negativation#{caller.partner_id}", request.idempotency_key, asked.model_dump_json()
        )
        order = ListingOrder(
            caller.partner_id,
            asked.boleto_id,
            asked.requested_by,
            guarantor_id=asked.guarantor_id,
            nature=asked.nature_code,
        )
        return answer_with(self.creation.place(order, keyed))


@dataclass(frozen=True)
class ListingActs:
    """Acts on listings there are."""

    store: ListingStore
    boletos: BoletoStore
    branches: ListingBranches
    rules: ListingRules
    reasons: RemovalReasons
    guarantors: GuarantorListings
    queue: MessageQueue
    clock: Clock
    place_of: Callable[[str, int], PlaceCalendar]

    def remove(self, request: RemoveListing, caller: Caller) -> str:
        """Ask for the removal; asked again with the same reason it changes nothing. What stands at the bureau though it
        was taken down has its removal once more.

        Raises ``NotFound``, ``InvalidInput`` for a reason that the bureau's table does not hold or that says paid of a
        debt that is paid in part, ``Conflict`` for another reason than the first, a listing that ended, and a record
        that is another listing's by now.
        """
        asked = request.removal

        def remove_once(listing: Listing) -> Listing:
            if listing.again_due_on:
                self._check_reason(listing, asked.reason)
                self._check_stands_alone(listing)
                again = Removal(asked.reason, self.clock.now(), asked.requested_by, listing.again_due_on)
                return changes.remove_again(listing, again)
            if listing.removal and listing.removal.reason == asked.reason:
                return listing
            if listing.removal:
                raise REMOVAL_ASKED(reason=listing.removal.reason)
            self._check_reason(listing, asked.reason)
            due_on = self._due_on(listing, asked.reason)
            removal = Removal(asked.reason, self.clock.now(), asked.requested_by, due_on)
            try:
                return changes.request_removal(listing, removal)
            except IllegalTransition as error:
                raise REMOVAL_IMPOSSIBLE(status=listing.status.value) from error

        return self._do(request.negativation_id, caller, remove_once)

    def order(self, request: OrderRemoval, caller: Caller) -> str:
        """Take a record down at once, for a court said so or its debtor contested it; the same order again changes
        nothing, but takes down what stands again. It goes for every open listing of the boleto and person: who died in
        between asks once more.

        Raises ``NotFound``, ``InvalidInput`` for a number without letter or digit, and ``Conflict`` for
        the number of an order that is known with another date.
        """
        asked = request.removal_order
        if not any(each.isalnum() for each in asked.number):
            raise InvalidInput([ORDER_NUMBER.at("removal_order.number")])

        def order_once(listing: Listing) -> Listing:
            kind, now = OrderKind(asked.kind), self.clock.now()
            order = RemovalOrder(kind, asked.number, asked.issued_on, now, asked.recorded_by)
            known = next((each for each in listing.orders if each.is_that_of(order)), None)
            if known and known.issued_on != order.issued_on:
                raise ORDER_KNOWN(date=known.issued_on.isoformat())
            if listing.again_due_on and known and self.store.find_others(listing).is_held:
                return listing  # its record is another listing's, which the order takes down below
            if listing.again_due_on:
                self._check_stands_alone(listing)
            return changes.order_removal(listing, order, self.reasons.reason_for(listing, ORDER_REASONS[kind]))

        answer = self._do(request.negativation_id, caller, order_once)
        # Looked for after the order is kept, from where on none is added.
        told = find_own(self.store, request.negativation_id, caller)
        for name in self.store.list_of_boleto(told.partner_id, told.boleto_id):
            other = self.store.find(name)
            if other and other.id != told.id and other.is_open and other.person.document == told.person.document:
                self._do(name, caller, order_once)
        return answer

    def resend(self, request: ResendListing, caller: Caller) -> str:
        """Send what the bureau refused once more; after three inclusions a second person has to agree again.

        Raises ``NotFound``, ``Conflict`` for a listing that did not fail, and what ``ListingRules.check`` raises where
        the debt may be listed no longer.
        """
        by = request.resend.requested_by

        def resend_once(listing: Listing) -> Listing:
            if listing.status is Status.FAILED:
                self.rules.check(listing)
            try:
                return changes.resend(listing, self.clock.now(), by)
            except IllegalTransition as error:
                raise NOT_RESENDABLE(status=listing.status.value) from error

        return self._do(request.negativation_id, caller, resend_once)

    def decide(self, request: DecideListing, caller: Caller) -> str:
        """Agree to a listing, or not: who asked for it never does, and nobody is called for a rejection.

        Raises ``NotFound``, ``Forbidden``, ``InvalidInput`` for a rejection without its reason, and ``Conflict`` for
        what waits for no decision, or was decided meanwhile; and what ``ListingRules.check`` raises where the debt may
        be listed no longer.
        """
        asked = request.approval
        if asked.decision == "reject" and not asked.justification:
            raise InvalidInput([JUSTIFICATION_REQUIRED.at("approval.justification")])

        def decide_once(listing: Listing) -> Listing:
            if listing.status is not Status.AWAITING_APPROVAL:
                raise ALREADY_DECIDED(status=listing.status.value)
            if same_person(asked.decided_by, _requester(listing)):
                raise REQUESTER_CANNOT_APPROVE()
            now = self.clock.now()
            if asked.decision == "approve":
                self.rules.check(listing)
                return changes.approve(listing, now, asked.decided_by)
            return changes.reject(listing, now, asked.decided_by, asked.justification or "")

        return self._do(request.negativation_id, caller, decide_once)

    def _do(self, listing_id: str, caller: Caller, act: Callable[[Listing], Listing]) -> str:
        def do_once() -> Listing | None:
            before = find_own(self.store, listing_id, caller)
            after = act(before)
            if after is before:
                return before
            soon = self.clock.now() + GRACE if after.status in _TO_DO else None
            after = replace(after, version=before.version + 1, look_at=soon or after.look_at)
            return after if self.store.change(before, after) else None

        listing = until_committed(do_once, LISTING_BUSY)
        if listing.status in _TO_DO:
            # Committed is accepted: what could not be queued now, sync_negativations queues.
            with suppress(Retryable):
                self.queue.send([listing_message(listing)])
        if listing.removal:
            # Whoever dies before it is followed by who sends the removal.
            with suppress(Retryable):
                self.guarantors.follow(listing)
        return answer_with(listing)

    def _check_stands_alone(self, listing: Listing) -> None:
        """Raises ``Conflict`` where another listing of the debt stands: what the bureau has is that one's record."""
        held = self.store.find_others(listing)
        if held.of_boleto:
            raise LISTING_EXISTS(listing=held.of_boleto)
        if held.of_contract:
            raise CONTRACT_LISTED(listing=held.of_contract)

    def _due_on(self, listing: Listing, reason: str) -> date | None:
        """The last lawful day of a removal that is asked for today, where its branch works; ``None`` of what has no
        record to take down, and of what leaves no days.
        """
        if reason in AT_ONCE or not may_be_listed(listing):
            return None
        place = self.place_of(listing.partner_id, listing.branch_id)
        return removal_due_on(local_date(self.clock.now()), place)

    def _check_reason(self, listing: Listing, reason: str) -> None:
        boleto = self.boletos.find(listing.partner_id, listing.boleto_id)
        if boleto is None:
            raise BOLETO_NOT_FOUND()
        facts = LISTING_FACTS[listing.provider]
        # A published table needs no integration: a removal never fails for one that is gone.
        codes = None if facts.reasons else self.branches.find_codes(listing.integration_id)
        errors = check_reason(reason, facts, codes, boleto, natural=listing.person.is_natural)
        if errors:
            raise InvalidInput(errors)


def find_own(store: ListingStore, listing_id: str, caller: Caller) -> Listing:
    """Raises ``NotFound`` for what is absent or another partner's."""
    listing = store.find(listing_id)
    if listing is None or listing.partner_id != caller.partner_id:
        raise LISTING_NOT_FOUND()
    return listing


def _requester(listing: Listing) -> str:
    """Who asked for what waits: the listing, or its last resend."""
    asked = [each.by for each in listing.history if each.event == Event.RESUBMITTED.value]
    return asked[-1] if asked else listing.requested_by
