"""Legal holds: what is held is not erased, whoever asks and however long it is kept already."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.cursors import place_behind, spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document, parse_document
from lastro.kernel.errors import IN_PROGRESS, InvalidInput, Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.queues.queue import MessageQueue
from lastro.retention.errors import HOLD_BUSY, HOLD_LIFTED, HOLD_NOT_FOUND, HOLD_OF_OPERATOR, WRONG_CURSOR
from lastro.retention.model import LegalHold, RequestStatus, Setter, take_up
from lastro.retention.requests import CreateLegalHold, LiftLegalHold, ListLegalHolds
from lastro.retention.subjects.worker import queue_requests
from lastro.retention.views import LegalHoldAnswer, LegalHoldList, LegalHoldView

if TYPE_CHECKING:
    from lastro.retention.store import RetentionStore

_PLACE = re.compile(r"[0-9T:.Z-]{24}#[0-9a-f-]{36}")


@dataclass(frozen=True)
class LegalHolds:
    """Sets and lifts holds. ``new_id`` gives random UUIDs."""

    store: RetentionStore
    queue: MessageQueue
    clock: Clock
    new_id: Callable[[], UUID]

    def create(self, request: CreateLegalHold, caller: Caller) -> LegalHoldAnswer:
        """Hold what is kept of a person. Raises ``Conflict`` for a key used with another request."""
        asked = request.legal_hold
        now = self.clock.now()
        keyed = KeyedRequest.of(f"create_legal_hold#{caller.holder}", request.idempotency_key, asked.model_dump_json())

        def create_once() -> LegalHoldAnswer | None:
            if first := self.store.find_answer(keyed, now):
                return LegalHoldAnswer.model_validate_json(first)
            hold = self._new(caller.partner_id, parse_document(asked.document), asked.reason, asked.requested_by, now)
            answer = LegalHoldAnswer(data=show_hold(hold))
            return answer if self.store.put_hold(hold, Answered.to(keyed, answer.model_dump_json(), now)) else None

        return until_committed(create_once, IN_PROGRESS)

    def lift(self, request: LiftLegalHold, caller: Caller) -> LegalHoldAnswer:
        """End a hold; erasures that it held go on. Raises ``NotFound``, and ``Conflict`` for one that is lifted
        already or is the operator's.
        """
        asked = request.legal_hold
        hold = self._find(request.hold_id, caller.partner_id)
        if hold.set_by is Setter.OPERATOR:
            raise HOLD_OF_OPERATOR()
        return LegalHoldAnswer(data=show_hold(self._lift(hold, asked.reason, asked.requested_by)))

    # the operator -----------------------------------------------------------------------------------------------

    def set_by_operator(self, partner_id: str, document: Document, reason: str) -> LegalHold:
        """Hold what a partner keeps of a person; the operator alone may lift it."""
        now = self.clock.now()
        hold = replace(self._new(partner_id, document, reason, Setter.OPERATOR.value, now), set_by=Setter.OPERATOR)
        self.store.put_hold(hold, None)
        return hold

    def lift_by_operator(self, partner_id: str, hold_id: str, reason: str) -> LegalHold:
        """End any hold. Raises ``NotFound`` and ``Conflict``."""
        return self._lift(self._find(hold_id, partner_id), reason, Setter.OPERATOR.value)

    def _new(self, partner_id: str, document: Document, reason: str, who: str, now: datetime) -> LegalHold:
        return LegalHold(
            id=str(self.new_id()),
            partner_id=partner_id,
            document=document.value,
            reason=reason,
            requested_by=who,
            set_by=Setter.PARTNER,
            set_at=now,
        )

    def _find(self, hold_id: str, partner_id: str) -> LegalHold:
        hold = self.store.find_hold(hold_id)
        if hold is None or hold.partner_id != partner_id:
            raise HOLD_NOT_FOUND()
        return hold

    def _lift(self, hold: LegalHold, reason: str, who: str) -> LegalHold:
        if hold.lifted_at is not None:
            raise HOLD_LIFTED()
        now = self.clock.now()
        after = replace(hold, version=hold.version + 1, lifted_at=now, lifted_by=who, lift_reason=reason)
        if not self.store.lift_hold(after):
            raise HOLD_BUSY()
        self._take_up(hold, now)
        return after

    def _take_up(self, hold: LegalHold, now: datetime) -> None:
        """Erasures that waited go on, unless another hold is in force; the sweep brings what is not queued now."""
        if self.store.is_held(hold.partner_id, hold.document):
            return
        for request in self.store.list_requests(hold.partner_id, hold.document):
            if request.status is RequestStatus.HELD and self.store.save_request(take_up(request, now)):
                with suppress(Retryable):
                    queue_requests(self.queue, [request])


@dataclass(frozen=True)
class HoldReading:
    """Lists holds."""

    store: RetentionStore

    def list_page(self, request: ListLegalHolds, caller: Caller) -> LegalHoldList:
        """A page of the caller's holds, lifted ones too, newest first. Raises ``InvalidInput`` for a cursor that was
        never given.
        """
        after = _read_cursor(request.cursor)
        found, place = self.store.list_holds(caller.partner_id, after=after, limit=request.per_page)
        return LegalHoldList(
            data=[show_hold(hold) for hold in found], next_cursor=spell_cursor(place, "holds") if place else None
        )


def _read_cursor(cursor: str | None) -> str:
    try:
        return place_behind(cursor, _PLACE, "holds") if cursor else ""
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error


def show_hold(hold: LegalHold) -> LegalHoldView:
    return LegalHoldView(
        id=hold.id,
        document=parse_document(hold.document).formatted,
        reason=hold.reason,
        requested_by=hold.requested_by,
        set_by=hold.set_by.value,
        set_at=format_moment(hold.set_at),
        lifted_at=format_moment(hold.lifted_at),
        lifted_by=hold.lifted_by,
        lift_reason=hold.lift_reason,
    )
