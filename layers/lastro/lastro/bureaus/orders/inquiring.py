"""Ordering an inquiry: whose key, which report, whether the document may be asked again, and asking it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.bureaus.errors import (
    BUREAUS_DISABLED,
    FORCE_NOT_ALLOWED,
    INQUIRY_BUSY,
    INQUIRY_IN_PROGRESS,
    OUTCOME_UNKNOWN,
)
from lastro.bureaus.messages import inquiry_message
from lastro.bureaus.model import ASKING_LEASE, Inquiry, InquiryStatus, Purpose, Settings, Subject
from lastro.bureaus.orders.choice import choose_report
from lastro.bureaus.orders.repeats import Judgement, LastInquiry, Repeat, judge_repeat
from lastro.bureaus.orders.sharing import ChosenKey, choose_key
from lastro.bureaus.orders.stored_answers import partly_stored_alert, read_result, repeat_answer, stored_alert
from lastro.kernel.callers.caller import Panel
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj, Document
from lastro.kernel.errors import IN_PROGRESS, DomainError, Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.observing.tracing import current_request

if TYPE_CHECKING:
    from lastro.bureaus.inquiries.rendering import Notice
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.inquiries.working.asking import Asking, Ended
    from lastro.bureaus.records import Before
    from lastro.bureaus.setup.store import SetupStore
    from lastro.kernel.calendar import Clock
    from lastro.kernel.queues.queue import MessageQueue


@dataclass(frozen=True)
class Order:
    """What somebody wants to know, and why. ``waits`` is false for an answer in the background.

    ``of_store`` is whose the inquiry is where its branch serves every store.
    """

    document: Document
    purpose: Purpose
    requested_by: str
    subject: Subject
    panel: Panel = Panel.MANAGER
    branch_id: int | None = None
    store_id: int | None = None
    of_store: int | None = None
    report: str | None = None
    features: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    federal_unit: str | None = None
    zip_code: str | None = field(default=None, repr=False)
    phone_number: str | None = field(default=None, repr=False)
    forced: bool = False
    waits: bool = True


@dataclass(frozen=True)
class Placed:
    """What an order led to: the inquiry as far as it got, its packed report, what a person should know."""

    inquiry: Inquiry
    packed: bytes | None = field(default=None, repr=False)
    alerts: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class _Question:
    """An order with what the partner's set-up makes of it."""

    partner_id: str
    order: Order
    settings: Settings
    key: ChosenKey
    report: str
    features: Sequence[str]


@dataclass(frozen=True)
class _Accepted:
    """What was kept of an order; ``asks`` says that its bureau is still to be asked."""

    placed: Placed
    asks: bool = False


@dataclass(frozen=True)
class Inquiring:
    """Places orders. ``new_id`` gives random UUIDs."""

    setups: SetupStore
    store: InquiryStore
    asking: Callable[[], Asking]
    """Opened when a bureau is to be asked at once: what waits or is stored never needs it."""
    queue: MessageQueue
    clock: Clock
    new_id: Callable[[], UUID]

    async def place(self, partner_id: str, order: Order, keyed: KeyedRequest | None = None) -> Placed:
        """Ask the bureau, or answer what is stored when the document was asked within the interval.

        The same request again gives its inquiry as it is now. Raises what ``choose_key`` and ``choose_report`` raise;
        ``BusinessRefusal`` when inquiries are switched off; ``Forbidden`` when the panel may not force; ``Conflict``
        while the same is being asked, or when an earlier one may have been charged without an answer.
        """
        setup = await asyncio.to_thread(self.setups.find_setup, partner_id)
        try:
            _check_switches(setup.settings, order)
            key = choose_key(setup, order.panel, order.branch_id, order.store_id)
            report, features = choose_report(key.integration, order.document, order.report, order.features)
        except DomainError:
            # What was accepted stays accepted, whatever the partner configured since.
            first = await asyncio.to_thread(self.setups.find_answer, keyed, self.clock.now())
            if first is None:
                raise
            return await asyncio.to_thread(self._replay, first)
        question = _Question(partner_id, order, setup.settings, key, report, features)
        accepted = await asyncio.to_thread(until_committed, lambda: self._accept_once(question, keyed), INQUIRY_BUSY)
        if not accepted.asks:
            return accepted.placed
        placed = await self._carry_out(accepted.placed.inquiry, key, waits=order.waits)
        return replace(placed, alerts=accepted.placed.alerts)

    def _accept_once(self, question: _Question, keyed: KeyedRequest | None) -> _Accepted | None:
        """Keep the inquiry that an order leads to; ``None`` when another request wrote the same rows first."""
        order, settings, features = question.order, question.settings, question.features
        now = self.clock.now()
        inquiry = self._draft(question, now)
        before = self.store.look_before(inquiry, keyed, now)
        if before.first_answer is not None:
            return _Accepted(self._replay(before.first_answer))
        judged = judge_repeat(before.last, settings, features, now, forced=order.forced)
        _refuse_repeat(judged.verdict, before.last)
        packed = self.store.find_reports([each.inquiry_id for each in judged.answers])
        if len(packed) != len(judged.answers):
            # An answer is no longer kept: judged as if nothing were stored.
            judged = judge_repeat(before.last, replace(settings, repeat_days=0), features, now, forced=order.forced)
            _refuse_repeat(judged.verdict, before.last)
        if judged.verdict is Repeat.ANSWER_STORED:
            stored = self._answer_stored(inquiry, judged, packed, settings, keyed, before, now)
            return _Accepted(stored) if stored else None
        inquiry = _asking_for(inquiry, judged)
        if order.waits:
            inquiry = _leased(inquiry, now)
        if not self.store.add(inquiry, before.last, Answered.to(keyed, inquiry.id, now)):
            return None
        alerts = (partly_stored_alert(judged.answers, inquiry.stored_features),) if judged.answers else ()
        return _Accepted(Placed(inquiry, alerts=alerts), asks=True)

    async def _carry_out(self, inquiry: Inquiry, key: ChosenKey, *, waits: bool) -> Placed:
        if not waits:
            await self._send(inquiry)
            return Placed(inquiry)
        ended = await self.asking().ask(inquiry, key.integration)
        if ended.inquiry.status is InquiryStatus.QUEUED or ended.looks_up:
            await self._send(inquiry)
        return _placed(ended)

    async def _send(self, inquiry: Inquiry) -> None:
        # Committed is accepted: what could not be queued now, sync_inquiries queues.
        with suppress(Retryable):
            await asyncio.to_thread(self.queue.send, [inquiry_message(inquiry)])

    def _replay(self, inquiry_id: str) -> Placed:
        found = self.store.find(inquiry_id)
        if found is None:
            raise IN_PROGRESS()
        return Placed(found, read_result(self.store, found).packed)

    def _answer_stored(
        self,
        draft: Inquiry,
        judged: Judgement,
        packed: Mapping[str, bytes],
        settings: Settings,
        keyed: KeyedRequest | None,
        before: Before,
        now: datetime,
    ) -> Placed | None:
        """The stored answers as an inquiry of its own, so that the log tells who saw them."""
        newest, *parts = [each.inquiry_id for each in judged.answers]
        source = self.store.find(newest)
        if source is None:
            return None
        whole = packed[newest]
        if parts:
            from lastro.bureaus.reports.combining import combine_packed

            whole = combine_packed([packed[each.inquiry_id] for each in judged.answers])
        inquiry = repeat_answer(draft, source, parts, whole, now)
        if not self.store.add(inquiry, before.last, Answered.to(keyed, inquiry.id, now)):
            return None
        return Placed(inquiry, whole, (stored_alert(judged.answers, settings),))

    def _draft(self, question: _Question, now: datetime) -> Inquiry:
        order, key = question.order, question.key
        integration = key.integration
        unit = integration.fields.get("federal_unit")
        retailer = integration.fields.get("retailer_document")
        return Inquiry(
            id=str(self.new_id()),
            partner_id=question.partner_id,
            created_at=now,
            status=InquiryStatus.QUEUED,
            document=order.document,
            subject=order.subject,
            purpose=order.purpose,
            requested_by=order.requested_by,
            panel=order.panel,
            shared_key=key.shared,
            branch_id=key.branch.id,
            # The document the bureau is told to bill; where none is named, the contract is the branch's own.
            billed_cnpj=Cnpj(retailer) if isinstance(retailer, str) else key.branch.cnpj,
            store_id=order.of_store if key.branch.store_id is None else key.branch.store_id,
            integration_id=integration.id,
            provider=integration.provider,
            environment=integration.environment,
            report=question.report,
            features=tuple(question.features),
            federal_unit=order.federal_unit or (unit if isinstance(unit, str) else None),
            zip_code=order.zip_code,
            phone_number=order.phone_number,
            parameters=order.parameters,
            forced=order.forced,
            lease_until=now,
            request_id=current_request(),
        )


def _check_switches(settings: Settings, order: Order) -> None:
    if not settings.enabled:
        raise BUREAUS_DISABLED()
    if order.forced and order.panel not in settings.force_panels:
        raise FORCE_NOT_ALLOWED()


def _leased(inquiry: Inquiry, now: datetime) -> Inquiry:
    """The inquiry as being asked by this process."""
    until = now + ASKING_LEASE
    return replace(inquiry, status=InquiryStatus.ASKING, lease_until=until, attempts=inquiry.attempts + 1)


def _asking_for(draft: Inquiry, judged: Judgement) -> Inquiry:
    """The inquiry that asks for what is missing."""
    held = tuple(name for name in draft.features if name not in judged.missing)
    return replace(draft, stored_features=held, parts=tuple(each.inquiry_id for each in judged.answers))


def _refuse_repeat(verdict: Repeat, last: LastInquiry | None) -> None:
    name = last.inquiry_id if last else ""
    if verdict is Repeat.IN_PROGRESS:
        raise INQUIRY_IN_PROGRESS(inquiry=name)
    if verdict is Repeat.OUTCOME_UNKNOWN:
        raise OUTCOME_UNKNOWN(inquiry=name)


def _placed(ended: Ended) -> Placed:
    return Placed(ended.inquiry, ended.packed)
