"""The consumer of queued inquiries: each asked once, whatever is delivered how often."""

from __future__ import annotations

import asyncio
import logging
import math
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from lastro.bureaus.inquiries.working.asking import Asking, Ended
from lastro.bureaus.messages import InquiryMessage
from lastro.bureaus.model import ASKING_LEASE, Inquiry, InquiryStatus, Integration, Outcome, next_status
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries

if TYPE_CHECKING:
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.setup.store import SetupStore

MAX_ASKS = 6
RETRIES = Retries((5, 15, 30, 60, 120, 300), attempts=8)
"""The last delivery is the last look-up, too."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class InquiryWorker:
    """Works inquiry messages."""

    setups: SetupStore
    store: InquiryStore
    asking: Asking
    clock: Clock

    async def process(self, delivery: Delivery[InquiryMessage]) -> Done | Again:
        """Take an inquiry on."""
        inquiry = await asyncio.to_thread(self.store.find, delivery.message.inquiry_id)
        if inquiry is None:
            _log.warning("message of no inquiry", extra={"inquiry_id": delivery.message.inquiry_id})
            return Done()
        setup = await asyncio.to_thread(self.setups.find_setup, inquiry.partner_id)
        integration = setup.integration(inquiry.integration_id)
        if inquiry.may_be_lost(self.clock.now()):
            inquiry = await self._lose(inquiry) or inquiry
        match inquiry.status:
            case InquiryStatus.QUEUED:
                return await self._ask(inquiry, integration, enabled=setup.settings.enabled)
            case InquiryStatus.UNKNOWN if inquiry.is_pending:
                return await self._look_up(inquiry, integration, delivery)
        return Done()

    async def _ask(self, inquiry: Inquiry, integration: Integration | None, *, enabled: bool) -> Done | Again:
        if integration is None or not enabled or inquiry.attempts >= MAX_ASKS:
            await self._give_up(inquiry)
            return Done()
        early = (inquiry.lease_until or inquiry.created_at) - self.clock.now()
        if early > timedelta(seconds=1):
            return Again(math.ceil(early.total_seconds()))  # the bureau asked to be left alone until then
        until = self.clock.now() + ASKING_LEASE
        status = next_status(inquiry.status, "asked")
        claimed = replace(inquiry, status=status, lease_until=until, attempts=inquiry.attempts + 1)
        if not await asyncio.to_thread(self.store.change, inquiry, claimed):
            return Done()  # delivered twice: the other one is on it
        ended = await self.asking.ask(claimed, integration)
        if ended.inquiry.status is InquiryStatus.QUEUED and claimed.attempts >= MAX_ASKS:
            await self._give_up(ended.inquiry)
            return Done()
        return _next(ended, claimed.attempts)

    async def _look_up(
        self, inquiry: Inquiry, integration: Integration | None, delivery: Delivery[InquiryMessage]
    ) -> Done | Again:
        if integration is not None:
            ended = await self.asking.look_up(inquiry, integration)
            if ended.looks_up and not delivery.is_last:
                return Again()
            inquiry = ended.inquiry
        if inquiry.status is InquiryStatus.UNKNOWN:
            # The bureau does not tell: from here on a person decides.
            await asyncio.to_thread(self.store.change, inquiry, replace(inquiry, lease_until=None))
        return Done()

    async def _give_up(self, inquiry: Inquiry) -> None:
        ended = replace(
            inquiry,
            status=next_status(inquiry.status, "given_up"),
            outcome=replace(inquiry.outcome, code=inquiry.outcome.code or "given_up"),
            lease_until=None,
            ended_at=self.clock.now(),
        )
        await asyncio.to_thread(self.store.change, inquiry, ended)

    async def _lose(self, inquiry: Inquiry) -> Inquiry | None:
        """Its process died while asking: whether it was asked, only the bureau knows."""
        lost = lost_inquiry(inquiry, self.clock)
        return lost if await asyncio.to_thread(self.store.change, inquiry, lost) else None


def lost_inquiry(inquiry: Inquiry, clock: Clock) -> Inquiry:
    """An inquiry whose process died while asking; where the bureau can be asked about it, that is still to be done."""
    now = clock.now()
    return replace(
        inquiry,
        status=next_status(inquiry.status, "lost"),
        outcome=Outcome(code="lost"),
        lease_until=now if BUREAUS[inquiry.provider].finds_inquiries else None,
        ended_at=now,
    )


def _next(ended: Ended, asked: int) -> Done | Again:
    """What follows the ``asked``-th question, for an inquiry may be asked in more than one message."""
    if ended.inquiry.status is InquiryStatus.QUEUED:
        return Again(max(ended.wait, RETRIES.wait(asked)))
    return Again(ended.wait) if ended.looks_up and ended.wait > 0 else Done()
