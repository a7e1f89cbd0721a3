"""The consumer of queued inquiries: each asked once, whatever is delivered how often."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lastro.bureaus.book import InquiryBook, SetupBook
from lastro.bureaus.inquiries.asking import Asking, Ended
from lastro.bureaus.messages import InquiryMessage
from lastro.bureaus.model import ASKING_LEASE, Inquiry, InquiryStatus, Integration, Outcome, next_status
from lastro.bureaus.providers.catalog import BUREAUS
from lastro.kernel.calendar import Clock, format_moment

MAX_ASKS = 6
MAX_LOOK_UPS = 8
_DELAYS = (5, 15, 30, 60, 120, 300)


@dataclass(frozen=True, slots=True)
class Task:
    """One delivered message: ``attempt`` counts from 1."""

    id: str
    message: InquiryMessage
    attempt: int


@dataclass(frozen=True, slots=True)
class InquiryProcessor:
    """Works batches of inquiry messages."""

    setups: SetupBook
    book: InquiryBook
    asking: Asking
    clock: Clock
    report: Callable[[str, Mapping[str, object]], None]

    async def process(self, tasks: Sequence[Task]) -> dict[str, int]:
        """Work every task; returns those to be delivered again with the seconds to wait."""
        unique = {task.message.inquiry_id: task for task in tasks}
        outcomes = await asyncio.gather(*(self._process(task) for task in unique.values()), return_exceptions=True)
        again: dict[str, int] = {}
        for task, outcome in zip(unique.values(), outcomes, strict=True):
            match outcome:
                case int() if outcome > 0:
                    again[task.id] = outcome
                case Exception():
                    fields = {"inquiry_id": task.message.inquiry_id, "fault": type(outcome).__name__}
                    self.report("inquiry crashed", fields)
                    again[task.id] = _delay(task.attempt)
                case BaseException():
                    raise outcome
        return again

    async def _process(self, task: Task) -> int:
        """Take an inquiry on; the seconds to wait before it is delivered again, 0 for never."""
        inquiry = await asyncio.to_thread(self.book.find, task.message.inquiry_id)
        if inquiry is None:
            self.report("message of no inquiry", {"inquiry_id": task.message.inquiry_id})
            return 0
        setup = await asyncio.to_thread(self.setups.find_setup, inquiry.partner_id)
        integration = setup.integration(inquiry.integration_id)
        if inquiry.may_be_lost(self.clock.now()):
            inquiry = await self._lose(inquiry) or inquiry
        match inquiry.status:
            case InquiryStatus.QUEUED:
                return await self._ask(inquiry, integration, enabled=setup.settings.enabled)
            case InquiryStatus.UNKNOWN if inquiry.is_pending:
                return await self._look_up(inquiry, integration, task.attempt)
        return 0

    async def _ask(self, inquiry: Inquiry, integration: Integration | None, *, enabled: bool) -> int:
        if integration is None or not enabled or inquiry.attempts >= MAX_ASKS:
            await self._give_up(inquiry)
            return 0
        early = datetime.fromisoformat(inquiry.lease_until or inquiry.created_at) - self.clock.now()
        if early > timedelta(seconds=1):
            return math.ceil(early.total_seconds())  # the bureau asked to be left alone until then
        until = format_moment(self.clock.now() + ASKING_LEASE)
        status = next_status(inquiry.status, "asked")
        claimed = replace(inquiry, status=status, lease_until=until, attempts=inquiry.attempts + 1)
        if not await asyncio.to_thread(self.book.change, inquiry, claimed):
            return 0  # delivered twice: the other one is on it
        ended = await self.asking.ask(claimed, integration)
        if ended.inquiry.status is InquiryStatus.QUEUED and claimed.attempts >= MAX_ASKS:
            await self._give_up(ended.inquiry)
            return 0
        return _wait(ended, claimed.attempts)

    async def _look_up(self, inquiry: Inquiry, integration: Integration | None, attempt: int) -> int:
        if integration is not None:
            ended = await self.asking.look_up(inquiry, integration)
            if ended.looks_up and attempt < MAX_LOOK_UPS:
                return _delay(attempt)
            inquiry = ended.inquiry
        if inquiry.status is InquiryStatus.UNKNOWN:
            # The bureau does not tell: from here on a person decides.
            await asyncio.to_thread(self.book.change, inquiry, replace(inquiry, lease_until=None))
        return 0

    async def _give_up(self, inquiry: Inquiry) -> None:
        ended = replace(
            inquiry,
            status=next_status(inquiry.status, "given_up"),
            outcome=replace(inquiry.outcome, code=inquiry.outcome.code or "given_up"),
            lease_until=None,
            ended_at=format_moment(self.clock.now()),
        )
        await asyncio.to_thread(self.book.change, inquiry, ended)

    async def _lose(self, inquiry: Inquiry) -> Inquiry | None:
        """Its process died while asking: whether it was asked, only the bureau knows."""
        lost = lost_inquiry(inquiry, self.clock)
        return lost if await asyncio.to_thread(self.book.change, inquiry, lost) else None


def lost_inquiry(inquiry: Inquiry, clock: Clock) -> Inquiry:
    """An inquiry whose process died while asking; where the bureau can be asked about it, that is still to be done."""
    now = format_moment(clock.now())
    return replace(
        inquiry,
        status=next_status(inquiry.status, "lost"),
        outcome=Outcome(code="lost"),
        lease_until=now if BUREAUS[inquiry.provider].finds_inquiries else None,
        ended_at=now,
    )


def _wait(ended: Ended, attempts: int) -> int:
    if ended.inquiry.status is InquiryStatus.QUEUED:
        return max(ended.wait, _delay(attempts))
    return ended.wait if ended.looks_up else 0


def _delay(attempt: int) -> int:
    return _DELAYS[min(attempt, len(_DELAYS)) - 1]
