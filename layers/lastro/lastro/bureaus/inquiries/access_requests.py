"""A data subject's request: what is on record about them, and who asked in the last six months (LGPD art. 18)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lastro.bureaus.inquiries.rendering import render_row
from lastro.bureaus.inquiries.requests import CreateAccessRequest
from lastro.bureaus.model import LEGAL_BASIS, Inquiry, consulters_since
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document, parse_document
from lastro.kernel.errors import IN_PROGRESS
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.orders.store import AttemptStore

MAX_INQUIRIES = 500
"""Older inquiries are left out beyond this many; those of the last six months never are."""


@dataclass(frozen=True)
class AccessRequests:
    """Answers access requests out of the query log. ``new_id`` gives random UUIDs."""

    store: InquiryStore
    attempts: AttemptStore
    clock: Clock
    new_id: Callable[[], UUID]

    def answer(self, request: CreateAccessRequest, caller: Caller) -> str:
        """Everything the partner has on record about a document; that it was answered is recorded too.

        The same request again is answered anew, under the same id.
        """
        asked = request.access_request
        document = parse_document(asked.document)
        scope = f"access_request#{caller.holder}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, asked.model_dump_json())
        now = self.clock.now()

        def note_once() -> str | None:
            if first := self.attempts.find_answer(keyed, now):
                return first
            fresh = str(self.new_id())
            answered = Answered.to(keyed, fresh, now)
            kept = self.attempts.put_access(caller.partner_id, document, fresh, asked.requested_by, now, answered)
            return fresh if kept else None

        request_id = until_committed(note_once, IN_PROGRESS)
        since = consulters_since(now)
        ids = self.store.list_of_document(caller.partner_id, document, since=format_moment(since), limit=MAX_INQUIRIES)
        inquiries = self.store.find_many(ids)
        answer = _render(request_id, document, asked.requested_by, inquiries, now, since)
        return json.dumps({"data": answer}, ensure_ascii=False)


def _render(
    request_id: str, document: Document, requested_by: str, inquiries: Sequence[Inquiry], now: datetime, since: datetime
) -> dict[str, Any]:
    return {
        "id": request_id,
        "document": document.formatted,
        "answered_at": format_moment(now),
        "requested_by": requested_by,
        "consulters_since": format_moment(since),
        "consulters": [_consulter(each) for each in inquiries if each.created_at >= since],
        "inquiries": [render_row(each) for each in inquiries],
    }


def _consulter(inquiry: Inquiry) -> dict[str, Any]:
    return {
        "inquiry_id": inquiry.id,
        "asked_at": format_moment(inquiry.created_at),
        "requested_by": inquiry.requested_by,
        "panel": inquiry.panel.value,
        "company_cnpj": inquiry.billed_cnpj.formatted,
        "purpose": inquiry.purpose.value,
        "legal_basis": LEGAL_BASIS,
    }
