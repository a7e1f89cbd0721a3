"""The consumer of listings: each act asked for once, whatever is delivered how often and whoever dies in between.

An act is claimed under an id of its own before it leaves. What the bureau explicitly did not do goes back into the
queue; what may have taken effect is looked up, told by the bureau, or left to a person: it is never repeated.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from lastro.bureaus.service import (
    BureauAccess,
    BureauReason,
    BureauUnavailable,
    Integration,
    ListingBranches,
    RefusedByBureau,
    SlowDown,
)
from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable, Unknown
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries
from lastro.negativations.events.model import refuse_or_know
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Act, Sending
from lastro.negativations.listings.messages import ListingMessage
from lastro.negativations.listings.model import Listing, next_act, open_sending
from lastro.negativations.listings.statuses import Status
from lastro.negativations.listings.working.claiming import RETRY, Claims
from lastro.negativations.listings.working.orders import exclusion_of, inclusion_of
from lastro.negativations.listings.working.standing import apply_word
from lastro.negativations.ports import ListingBureau, Token, Word
from lastro.negativations.providers import LISTING_FACTS

if TYPE_CHECKING:
    from lastro.negativations.listings.following.guarantors import GuarantorListings

RETRIES = Retries((5, 15, 30, 60, 120, 300), attempts=8)
"""After the last one the sweep goes on: a bureau may be down for a day."""
ASK_SECONDS = 24.0
REPEATED = timedelta(minutes=30)
"""After which a removal that was not answered is asked for again, where the bureau has no look-up."""
_SENT = frozenset({Status.SENT, Status.REMOVAL_SENT})

OpenListings = Callable[[Integration], ListingBureau]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ListingWorker:
    """Works listing messages."""

    claims: Claims
    branches: ListingBranches
    access: BureauAccess
    open_listings: OpenListings
    guarantors: GuarantorListings
    clock: Clock

    async def process(self, delivery: Delivery[ListingMessage]) -> Done | Again:
        """Take a listing on."""
        message = delivery.message
        listing = await asyncio.to_thread(self.claims.joined, message.listing_id, message.uuid)
        if listing is None:
            _log.warning("message of no listing", extra={"listing_id": message.listing_id})
            return Done()
        if listing.removed_at:
            await asyncio.to_thread(self.claims.remove_linked, listing)
        if listing.status in _SENT and (sending := open_sending(listing)):
            early = (listing.look_at or listing.created_at) - self.clock.now()
            if not sending.lost and early > timedelta(seconds=1):
                return Again(math.ceil(early.total_seconds()))  # somebody is asking this moment
            return await self._look_up(listing, sending, delivery)
        act = next_act(listing, self.clock.now())
        if act is Act.REMOVAL:
            await asyncio.to_thread(self.guarantors.follow, listing)
        if act is None:
            await asyncio.to_thread(self.claims.commit, listing.id, lambda each: each, None, message.business_date)
            return Done()
        claimed = await asyncio.to_thread(self.claims.claim, listing, act)
        if claimed is None:
            return await self._outrun(listing.id, delivery)
        return await self._ask(claimed, act, delivery)

    async def _outrun(self, listing_id: str, delivery: Delivery[ListingMessage]) -> Done | Again:
        """Somebody wrote the listing or its boleto first: the same message delivered twice, a payment, or the run of
        a collection that notes the step it asked for. What is still to be asked for then is so in a moment, and not
        when the sweep comes by.
        """
        now = await asyncio.to_thread(self.claims.joined, listing_id)
        if now is None or next_act(now, self.clock.now()) is None or delivery.is_last:
            return Done()
        return Again(1)

    # the bureau ---------------------------------------------------------------------------------------------------

    async def _ask(self, listing: Listing, act: Act, delivery: Delivery[ListingMessage]) -> Done | Again:
        sending = listing.sendings[-1]
        name, at = sending.transaction_id, self.clock.now()
        wait = RETRIES.wait(delivery.attempt)
        try:
            word = await self._call(listing, act, name)
        except RefusedByBureau as error:
            return await self._refused(listing, name, error)
        except (Unknown, TimeoutError) as error:
            code = error.code if isinstance(error, Unknown) else BureauReason.TIMEOUT.value
            return await self._lost(listing, name, code)
        except (BureauUnavailable, Retryable) as error:
            if isinstance(error, SlowDown):
                wait = max(wait, error.retry_after)
            return await self._postpone(listing, name, error.code, wait, delivery)
        await asyncio.to_thread(self.claims.commit, listing.id, lambda each: apply_word(each, at, name, word))
        # A message that came before this answer waits under the receipt that is known from now on.
        joined = await asyncio.to_thread(self.claims.joined, listing.id)
        if joined and joined.removed_at:
            await asyncio.to_thread(self.claims.remove_linked, joined)
        return Again(1) if joined and next_act(joined, self.clock.now()) else Done()

    async def _call(self, listing: Listing, act: Act, name: str) -> Word:
        if act is Act.INCLUSION and await asyncio.to_thread(
            self.branches.is_closing, listing.partner_id, listing.integration_id, self.clock.now()
        ):
            raise BureauUnavailable("the integration may be gone in a moment")
        integration = await asyncio.to_thread(
            self.branches.find_integration, listing.partner_id, listing.integration_id
        )
        if integration is None or integration.environment.value != listing.environment:
            raise RefusedByBureau("the integration is gone", code=BureauReason.NOT_CONTRACTED)
        bureau = await asyncio.to_thread(self.open_listings, integration)

        async def ask(token: Token | None) -> Word:
            if act is Act.INCLUSION:
                return await bureau.include(inclusion_of(listing, name), token)
            return await bureau.remove(exclusion_of(listing, name), token)

        async with asyncio.timeout(ASK_SECONDS):
            return await self.access.call(listing.partner_id, integration, ask)

    async def _refused(self, listing: Listing, name: str, error: RefusedByBureau) -> Done:
        if error.code == BureauReason.UNREADABLE and error.raw is not None and error.raw.http_status < 300:
            # It did answer, and what it did cannot be read: in doubt like no answer at all.
            await self._lost(listing, name, error.code)
            return Done()
        at = self.clock.now()
        await asyncio.to_thread(self.claims.commit, listing.id, lambda each: refuse_or_know(each, at, name, error.code))
        return Done()

    async def _lost(self, listing: Listing, name: str, code: str) -> Done | Again:
        now = self.clock.now()
        looks = LISTING_FACTS[listing.provider].finds
        look_at = now + timedelta(seconds=RETRIES.wait(1)) if looks else None
        if not looks and listing.sendings[-1].act is Act.REMOVAL:
            look_at = now + REPEATED
        change = partial(changes.lose, at=now, transaction_id=name, code=code)
        await asyncio.to_thread(self.claims.commit, listing.id, change, look_at)
        return Again(RETRIES.wait(1)) if looks else Done()

    async def _postpone(
        self, listing: Listing, name: str, code: str, wait: int, delivery: Delivery[ListingMessage]
    ) -> Done | Again:
        now = self.clock.now()
        later = now + (RETRY if delivery.is_last else timedelta(seconds=wait))
        change = partial(changes.postpone, at=now, transaction_id=name, code=code)
        await asyncio.to_thread(self.claims.commit, listing.id, change, later)
        return Done() if delivery.is_last else Again(wait)

    async def _leave_or_repeat(self, listing: Listing, sending: Sending) -> Done | Again:
        """Ask for a removal again that nobody answered: twice it harms nobody, and the law's days run. An inclusion in
        doubt stays one, for the bureau's message or a person.
        """
        now, again = self.clock.now(), sending.sent_at + REPEATED
        if sending.act is Act.INCLUSION or now < again:
            look_at = again if sending.act is Act.REMOVAL else None
            await asyncio.to_thread(self.claims.commit, listing.id, lambda each: each, look_at)
            return Done()

        def repeat(each: Listing) -> Listing:
            return changes.resend(each, now, "") if open_sending(each) == open_sending(listing) else each

        await asyncio.to_thread(self.claims.commit, listing.id, repeat, now)
        return Again(1)

    async def _look_up(self, listing: Listing, sending: Sending, delivery: Delivery[ListingMessage]) -> Done | Again:
        """End the doubt by the bureau's own word; without one it stays, for its message or a person."""
        now, name = self.clock.now(), sending.transaction_id
        if not sending.lost:
            # Its process died while asking: whether it was asked, only the bureau knows.
            change = partial(changes.lose, at=now, transaction_id=name, code="lost")
            listing = await asyncio.to_thread(self.claims.commit, listing.id, change, now)
        if not LISTING_FACTS[listing.provider].finds:
            return await self._leave_or_repeat(listing, sending)
        integration = await asyncio.to_thread(
            self.branches.find_integration, listing.partner_id, listing.integration_id
        )
        if integration is None:
            return Done()
        found: list[Word | None] = []
        try:
            bureau = await asyncio.to_thread(self.open_listings, integration)

            async def find(token: Token | None) -> None:
                found.append(await bureau.find(name, token))

            async with asyncio.timeout(ASK_SECONDS):
                await self.access.call(listing.partner_id, integration, find)
        except (Retryable, Unknown, TimeoutError, RefusedByBureau):
            return Done() if delivery.is_last else Again(RETRIES.wait(delivery.attempt))
        word = found[-1]
        if word is not None:
            await asyncio.to_thread(self.claims.commit, listing.id, lambda each: apply_word(each, now, name, word))
            return Done()
        if now < sending.sent_at + timedelta(minutes=5):
            return Again(RETRIES.wait(delivery.attempt))  # under way there, and not known yet
        # The bureau's explicit no: it never saw the request, which may be sent under the same id.
        await asyncio.to_thread(
            self.claims.commit, listing.id, lambda each: changes.postpone(each, now, name, "never_seen"), now
        )
        return Again(1)
