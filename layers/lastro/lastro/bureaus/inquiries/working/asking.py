"""One inquiry from the question to its end: the token, the bureau, the archive, the table.

A paid question is put once. Before it left, a failure puts the inquiry back into the queue; once it may have arrived,
only the bureau's own word (``find_inquiry``) or a person ends the doubt.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from lastro.bureaus.inquiries.archive_names import inquiry_file
from lastro.bureaus.model import Inquiry, Integration, Outcome, next_status, price_of
from lastro.bureaus.orders.requester import digest_requester
from lastro.bureaus.orders.stored_answers import summed_up
from lastro.bureaus.ports import (
    Bureau,
    BureauToken,
    BureauUnavailable,
    InquiryRequest,
    InquiryUnknown,
    RawAnswer,
    RefusedByBureau,
    SlowDown,
)
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.reports.combining import combine_packed
from lastro.bureaus.reports.packing import fit_report
from lastro.bureaus.reports.report import InquiryReport
from lastro.bureaus.tokens.obtaining import TokenKeeper, TokenOwner
from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable, Unknown

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.providers.directory import IntegratedBureaus

ASK_SECONDS = 24.0
"""All a bureau may take, login included; the archive and the table have the rest of API Gateway's 29."""
SETTLING = timedelta(minutes=5)
"""How long after it was asked a bureau may still not list an inquiry that it makes."""
MAX_PACKED_BYTES = 350_000
"""Of a packed report: an item of the table holds 400 KB."""
_RETRY_SECONDS = 5

Call = Callable[[BureauToken | None], Awaitable[tuple[RawAnswer, InquiryReport]]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ended:
    """An inquiry after a try: its packed report when it was answered, the seconds to wait when it was postponed."""

    inquiry: Inquiry
    packed: bytes | None = field(default=None, repr=False)
    wait: int = 0
    looks_up: bool = False
    """Whether the bureau can be asked later what became of it."""


@dataclass(frozen=True)
class Asking:
    """Puts inquiries that are ``asking`` to their bureau."""

    store: InquiryStore
    bureaus: IntegratedBureaus
    tokens: TokenKeeper
    archive: Files
    clock: Clock

    async def ask(self, inquiry: Inquiry, integration: Integration, *, seconds: float = ASK_SECONDS) -> Ended:
        """Ask once and store what became of it. Raises nothing the bureau may cause."""
        left = _Departure()
        parts: Sequence[bytes] = ()
        try:
            async with asyncio.timeout(seconds):
                parts = await self._read_parts(inquiry)
                bureau = await asyncio.to_thread(self.bureaus.open, integration)
                raw, answer = await self._call(
                    inquiry.partner_id, integration, bureau, _question(inquiry, bureau, left)
                )
        except TimeoutError:
            if left.gone:
                return await self._doubt(inquiry, integration, BureauReason.TIMEOUT, None)
            return await self._postpone(inquiry, BureauReason.UNAVAILABLE, _RETRY_SECONDS)
        except RefusedByBureau as error:
            if error.code == BureauReason.INVALID_CREDENTIALS:
                self.bureaus.forget(integration)
            return await self._refuse(inquiry, integration, error.code, error.raw)
        except InquiryUnknown as error:
            return await self._doubt(inquiry, integration, error.code, error.raw)
        except Unknown as error:
            return await self._doubt(inquiry, integration, error.code, None)
        except SlowDown as error:
            return await self._postpone(inquiry, error.code, error.retry_after, error.raw)
        except BureauUnavailable as error:
            return await self._postpone(inquiry, error.code, _RETRY_SECONDS, error.raw)
        except Retryable as error:
            return await self._postpone(inquiry, error.code, _RETRY_SECONDS)
        except BaseException:
            # A fault of ours or of the cloud's: what never left waits for its turn and is in no doubt.
            if not left.gone:
                await self._postpone(inquiry, BureauReason.UNAVAILABLE, _RETRY_SECONDS)
            raise
        return await self._answer(inquiry, integration, raw, answer, parts)

    async def look_up(self, inquiry: Inquiry, integration: Integration) -> Ended:
        """End the doubt about an ``unknown`` inquiry by the bureau's own word; it stays unknown without one."""
        request = _request(inquiry)
        found: list[tuple[RawAnswer, InquiryReport] | None] = []
        parts = await self._read_parts(inquiry)
        try:
            async with asyncio.timeout(ASK_SECONDS):
                bureau = await asyncio.to_thread(self.bureaus.open, integration)

                async def find(token: BureauToken | None) -> None:
                    found.append(await bureau.find_inquiry(request, token))

                if BUREAUS[integration.provider].uses_tokens:
                    await self.tokens.call(TokenOwner.of(inquiry.partner_id, integration), bureau, find)
                else:
                    await find(None)
        except (Retryable, Unknown, TimeoutError):
            return Ended(inquiry, wait=_RETRY_SECONDS, looks_up=True)
        except RefusedByBureau as error:
            _log.warning("inquiry cannot be looked up", extra={"inquiry_id": inquiry.id, "code": error.code})
            return Ended(inquiry)
        asked_at = inquiry.ended_at or inquiry.created_at
        if found[-1] is None and self.clock.now() < asked_at + SETTLING:
            # It may be under way there and not listed yet.
            return Ended(inquiry, wait=_RETRY_SECONDS, looks_up=True)
        if found[-1] is None:
            return await self._end(inquiry, "never_seen", Outcome(code="never_made"))
        return await self._answer(inquiry, integration, *found[-1], parts)

    async def _read_parts(self, inquiry: Inquiry) -> Sequence[bytes]:
        """The stored answers that complete the inquiry, read before it leaves: what is paid for waits for nothing."""
        if not inquiry.parts:
            return ()
        found = await asyncio.to_thread(self.store.find_reports, inquiry.parts)
        return [found[each] for each in inquiry.parts if each in found]

    async def _call(
        self, partner_id: str, integration: Integration, bureau: Bureau, act: Call
    ) -> tuple[RawAnswer, InquiryReport]:
        if not BUREAUS[integration.provider].uses_tokens:
            return await act(None)
        return await self.tokens.call(TokenOwner.of(partner_id, integration), bureau, act)

    async def _answer(
        self,
        inquiry: Inquiry,
        integration: Integration,
        raw: RawAnswer,
        answer: InquiryReport,
        parts: Sequence[bytes],
    ) -> Ended:
        billed, cost = price_of(integration, inquiry.report, answer.billed, answer.cost)
        summary = answer.summary
        outcome = Outcome(
            http_status=raw.http_status,
            billed=billed,
            cost=cost,
            protocol=answer.protocol,
            score=answer.score.value if answer.score else None,
            restricted=summary.restricted,
            notes=summary.count,
            notes_total=summary.total,
        )
        # The raw answer first: whatever becomes of the rest, what was paid for is in the archive.
        outcome = await self._keep(inquiry, raw, outcome)
        packed = fit_report(answer, MAX_PACKED_BYTES)
        if not parts:
            return await self._end(inquiry, "answered", outcome, packed)
        whole = combine_packed([packed, *parts])
        ended = await self._end(inquiry, "answered", summed_up(outcome, whole), packed)
        # What others answered stays theirs, and is kept as long as they are.
        return replace(ended, packed=whole) if ended.packed else ended

    async def _refuse(self, inquiry: Inquiry, integration: Integration, code: str, raw: RawAnswer | None) -> Ended:
        outcome = Outcome(code=code)
        if code == BureauReason.UNREADABLE and raw and raw.http_status < HTTPStatus.MULTIPLE_CHOICES:
            # The bureau did answer, and charges for what we cannot read as for anything else.
            billed, cost = price_of(integration, inquiry.report, None, None)
            outcome = replace(outcome, billed=billed, cost=cost)
        return await self._end(inquiry, "refused", await self._keep(inquiry, raw, outcome))

    async def _doubt(self, inquiry: Inquiry, integration: Integration, code: str, raw: RawAnswer | None) -> Ended:
        looks_up = BUREAUS[integration.provider].finds_inquiries
        outcome = await self._keep(inquiry, raw, Outcome(code=code))
        ended = await self._end(inquiry, "lost", outcome, wait=_RETRY_SECONDS if looks_up else None)
        return replace(ended, looks_up=looks_up, wait=_RETRY_SECONDS)

    async def _postpone(self, inquiry: Inquiry, code: str, wait: int, raw: RawAnswer | None = None) -> Ended:
        outcome = await self._keep(inquiry, raw, Outcome(code=code))
        ended = await self._end(inquiry, "postponed", outcome, wait=wait)
        return replace(ended, wait=wait)

    async def _keep(self, inquiry: Inquiry, raw: RawAnswer | None, outcome: Outcome) -> Outcome:
        """Put the raw answer into the archive; an archive that fails must not lose what was paid for."""
        if raw is None:
            return outcome
        outcome = replace(outcome, http_status=raw.http_status)
        try:
            answer_at = inquiry_file(inquiry.partner_id, inquiry.id, "answer")
            await asyncio.to_thread(self.archive.put, answer_at, raw.body, raw.content_type)
            outcome = replace(outcome, raw_type=raw.content_type)
            if raw.attachment:
                file_at = inquiry_file(inquiry.partner_id, inquiry.id, "attachment")
                await asyncio.to_thread(self.archive.put, file_at, raw.attachment.body, raw.attachment.content_type)
                outcome = replace(outcome, attachment_type=raw.attachment.content_type)
        except Retryable as error:
            _log.warning("raw answer not kept", extra={"inquiry_id": inquiry.id, "code": error.code})
        return outcome

    async def _end(
        self, inquiry: Inquiry, event: str, outcome: Outcome, packed: bytes | None = None, *, wait: int | None = None
    ) -> Ended:
        """Store what an event made of the inquiry; ``wait`` seconds from now something is still to be done about it."""
        now = self.clock.now()
        after = replace(
            inquiry,
            status=next_status(inquiry.status, event),
            outcome=outcome,
            lease_until=None if wait is None else now + timedelta(seconds=wait),
        )
        if not after.is_open:
            after = replace(after, ended_at=now)
        with suppress(Retryable):
            if await asyncio.to_thread(self.store.change, inquiry, after, packed):
                return Ended(after, packed)
        # The lease ran out and the sweep was first: the answer in the archive is the trace of what happened.
        _log.warning("inquiry ended by somebody else", extra={"inquiry_id": inquiry.id, "status": after.status.value})
        found = await asyncio.to_thread(self.store.find, inquiry.id)
        return Ended(found or after)


@dataclass()
class _Departure:
    """Whether the question may have left."""

    gone: bool = False


def _question(inquiry: Inquiry, bureau: Bureau, left: _Departure) -> Call:
    request = _request(inquiry)

    async def ask(token: BureauToken | None) -> tuple[RawAnswer, InquiryReport]:
        left.gone = True
        try:
            return await bureau.inquire(request, token)
        except BureauUnavailable:
            left.gone = False
            raise

    return ask


def _request(inquiry: Inquiry) -> InquiryRequest:
    return InquiryRequest(
        key=inquiry.id,
        document=inquiry.document,
        report=inquiry.report,
        features=inquiry.asked_features,
        requester=digest_requester(inquiry.requested_by),
        federal_unit=inquiry.federal_unit,
        zip_code=inquiry.zip_code,
        phone_number=inquiry.phone_number,
        parameters=inquiry.parameters,
    )
