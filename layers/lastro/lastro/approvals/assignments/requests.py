"""What a partner sends about assignments. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lastro.wire.days import Day
from lastro.wire.identifiers import IdempotencyKey, Number, OwnId
from lastro.wire.objects import WireObject
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request
from lastro.wire.text import Line


class SentAssignment(WireObject):
    """A customer's part of a sale that passes to another customer."""

    sale_id: Annotated[Number, Field(description="Number of the sale", examples=[1])]
    from_customer_id: Annotated[Number, Field(description="Who hands it over, one of the sale's", examples=[42])]
    to_customer_id: Annotated[Number, Field(description="Who takes it, none of the sale's", examples=[43])]
    assigned_on: Annotated[Day, Field(description="Day of the assignment, YYYY-MM-DD", examples=["2026-11-20"])]
    requested_by: Annotated[OwnId, Field(description="Who asks, as the partner names them", examples=["ana.souza"])]


class CreateAssignment(Request):
    """Body of ``POST /api/v1/assignments``."""

    assignment: SentAssignment
    idempotency_key: IdempotencyKey = None


class FindAssignment(Request):
    """Path of ``GET /api/v1/assignments/{assignment_id}``."""

    assignment_id: Number


class ListAssignments(Request):
    """Query of ``GET /api/v1/assignments``: all, or those in which one customer is either party."""

    customer_id: Annotated[Number | None, Field(description="Only this customer's", examples=[42])] = None
    cursor: Annotated[
        Number | None, Field(description="next_cursor of the page before; absent: the first page", examples=["25"])
    ] = None
    per_page: Annotated[PerPage, Field(description="Assignments of a page", examples=[25])] = 25


class SentAssignmentDecision(WireObject):
    """What somebody says of an assignment."""

    verdict: Annotated[Literal["approve", "refuse"], Field(description="Approve or refuse", examples=["approve"])]
    decided_by: Annotated[
        OwnId, Field(description="Who decides, as the partner names them: never who asked", examples=["bia.lima"])
    ]
    justification: Annotated[str, Line(500), Field(description="Why", examples=["Documentos conferidos"])]


class DecideAssignment(Request):
    """Path and body of ``POST /api/v1/assignments/{assignment_id}/decision``."""

    assignment_id: Number
    decision: SentAssignmentDecision
