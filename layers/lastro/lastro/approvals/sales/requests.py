"""What a partner sends about sales. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.approvals.sales.model import MOST_CUSTOMERS
from lastro.wire.days import Day
from lastro.wire.identifiers import IdempotencyKey, Number, OwnId
from lastro.wire.objects import WireObject
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request


class SentSale(WireObject):
    """An approved reservation that was sold; price, payment flow, unit and first buyer are the reservation's."""

    reservation_id: Annotated[Number, Field(description="Number of the approved reservation", examples=[1])]
    other_customer_ids: Annotated[
        list[Number],
        Field(max_length=MOST_CUSTOMERS - 1, description="Who buys with the reservation's customer", examples=[[43]]),
    ] = Field(default_factory=list)
    signed_on: Annotated[Day, Field(description="Day of the contract, YYYY-MM-DD", examples=["2026-11-10"])]
    sold_by: Annotated[OwnId, Field(description="Who sold, as the partner names them", examples=["ana.souza"])]


class CreateSale(Request):
    """Body of ``POST /api/v1/sales``."""

    sale: SentSale
    idempotency_key: IdempotencyKey = None


class FindSale(Request):
    """Path of ``GET /api/v1/sales/{sale_id}``."""

    sale_id: Number


class ListSales(Request):
    """Query of ``GET /api/v1/sales``: all, or those that one customer holds."""

    customer_id: Annotated[Number | None, Field(description="Only this customer's", examples=[42])] = None
    cursor: Annotated[
        Number | None, Field(description="next_cursor of the page before; absent: the first page", examples=["25"])
    ] = None
    per_page: Annotated[PerPage, Field(description="Sales of a page", examples=[25])] = 25
