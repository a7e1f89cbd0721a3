"""What a partner asks of its request log."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.wire.amounts import InWhole
from lastro.wire.days import Day
from lastro.wire.identifiers import Uuid
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.text import Label


class ListRequests(Request):
    """Query of ``GET /api/v1/requests``."""

    request_id: Annotated[Uuid | None, Field(description="The one of this x-request-id")] = None
    key: Annotated[
        Annotated[str, Label(255)] | None,
        Field(description="Those with this Idempotency-Key", examples=["pedido-4711"]),
    ] = None
    status: Annotated[
        Annotated[int, InWhole(100, 599, written=True)] | None,
        Field(description="Those answered with this status", examples=[422]),
    ] = None
    since: Annotated[
        Day | None,
        Field(description="From this day in São Paulo on; the day before until, where it is left out"),
    ] = None
    until: Annotated[
        Day | None, Field(description="To the end of this day in São Paulo; today where it is left out")
    ] = None
    per_page: Annotated[PerPage, Field(description="Most requests of a page")] = 50
    cursor: Cursor = None
