"""``POST /api/v1/bureau_inquiries``: a request becomes an order, and what it led to an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from lastro.bureaus.errors import FOREIGN_PANEL, SUBJECT_OF_NOBODY, SUBJECT_WITHOUT_ID
from lastro.bureaus.inquiries.rendering import render_inquiry
from lastro.bureaus.model import Subject, SubjectKind
from lastro.bureaus.orders.inquiring import Inquiring, Order, Placed
from lastro.bureaus.orders.requests import CreateInquiry, RequestedInquiry, RequestedSubject
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import KeyedRequest


@dataclass(frozen=True)
class OrderAnswer:
    """The rendered inquiry; ``ended`` is false while it goes on in the background."""

    text: str
    path: str
    ended: bool


@dataclass(frozen=True)
class InquiryOrders:
    """Takes orders from partners. ``run`` works a coroutine to its end in the process's one loop."""

    inquiring: Inquiring
    run: Callable[[Coroutine[Any, Any, Placed]], Placed]

    def create(self, request: CreateInquiry, caller: Caller) -> OrderAnswer:
        """Place the order; the same request again answers its inquiry as it is now.

        Raises what ``Inquiring.place`` raises, and ``InvalidInput`` for a client, lead or prospect without an id
        and for an id of none of them.
        """
        asked = request.bureau_inquiry
        subject = _subject_of(asked.subject)
        store_id = caller.optional_store
        panel = _panel_of(asked, caller)
        order = Order(
            document=parse_document(asked.document),
            purpose=asked.purpose,
            requested_by=asked.requested_by,
            subject=subject,
            panel=panel,
            branch_id=asked.branch_id,
            store_id=store_id,
            of_store=store_id if caller.bound else None,
            report=asked.report,
            features=tuple(asked.features),
            parameters=asked.parameters,
            federal_unit=asked.federal_unit,
            zip_code=asked.zip_code,
            phone_number=asked.phone_number,
            forced=asked.force,
            waits=not request.wants_no_wait,
        )
        scope = f"create_inquiry#{caller.holder}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, f"{store_id}#{panel}#{asked.model_dump_json()}")
        try:
            placed = self.run(self.inquiring.place(caller.partner_id, order, keyed))
        except InvalidInput as error:
            named = [replace(each, field=f"bureau_inquiry.{each.field}") for each in error.errors]
            raise InvalidInput(named) from error
        inquiry = placed.inquiry
        text = json.dumps(render_inquiry(inquiry, placed.packed, placed.alerts), ensure_ascii=False)
        return OrderAnswer(text, f"/api/v1/bureau_inquiries/{inquiry.id}", not inquiry.is_open)


def _panel_of(asked: RequestedInquiry, caller: Caller) -> Panel:
    """The panel asked for; a caller bound to one may leave it out and name no other."""
    if caller.panel is None:
        return asked.panel
    if "panel" in asked.model_fields_set and asked.panel is not caller.panel:
        raise FOREIGN_PANEL()
    return caller.panel


def _subject_of(asked: RequestedSubject) -> Subject:
    kind = SubjectKind(asked.type)
    if kind is SubjectKind.AD_HOC and asked.id is not None:
        raise InvalidInput([SUBJECT_OF_NOBODY.at("bureau_inquiry.subject.type")])
    if kind is not SubjectKind.AD_HOC and asked.id is None:
        raise InvalidInput([SUBJECT_WITHOUT_ID.at("bureau_inquiry.subject.id")])
    return Subject(kind, asked.id)
