"""What a partner reads of sales. Amounts are cents."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.approvals.fields import Moment
from lastro.approvals.reservations.views import FlowView
from lastro.approvals.sales.model import Sale
from lastro.kernel.calendar import format_moment


class _View(BaseModel):
    """Built at the first answer: a cold start does not pay for models it never fills."""

    model_config = ConfigDict(defer_build=True)


class SalePaymentView(_View):
    """One payment of the flow, or a series of them."""

    kind: Annotated[str, Field(description="What it is", examples=["monthly"])]
    due_date: Annotated[str, Field(description="Of the first, YYYY-MM-DD", examples=["2026-11-10"])]
    amount_cents: Annotated[int, Field(description="Of each, in cents", examples=[5000000])]
    installments: Annotated[int, Field(description="How many", examples=[1])]


class SaleRow(_View):
    """A sale as lists show it."""

    id: Annotated[int, Field(description="Number of the sale", examples=[1])]
    reservation_id: Annotated[int, Field(description="The reservation that it was", examples=[1])]
    development: Annotated[str, Field(description="The development", examples=["Residencial Exemplo"])]
    unit: Annotated[str, Field(description="The unit, as the partner names it", examples=["Torre A, 101"])]
    price_table: Annotated[str, Field(description="The price table", examples=["Tabela 2026"])]
    customer_ids: Annotated[list[int], Field(description="Who hold it now, the first buyer first", examples=[[42]])]
    total_cents: Annotated[int, Field(description="Total price, in cents", examples=[50000000])]
    signed_on: Annotated[str, Field(description="Day of the contract, YYYY-MM-DD", examples=["2026-11-10"])]
    sold_by: Annotated[str, Field(description="Who sold", examples=["ana.souza"])]
    open_assignment_id: Annotated[
        int | None, Field(description="The assignment of it that waits for a decision; null: none", examples=[1])
    ]
    created_at: Moment
    updated_at: Moment


class SaleView(SaleRow):
    """A sale with its payment flow."""

    paid_cents: Annotated[int, Field(description="What all payments come to, in cents", examples=[50000000])]
    flow: FlowView
    payments: Annotated[list[SalePaymentView], Field(description="The payments, as they were agreed")]


class SaleAnswer(_View):
    """Envelope of one sale."""

    sale: SaleView


class SaleList(_View):
    """A page of sales, in order of number."""

    sales: Annotated[list[SaleRow], Field(description="Sales of this page")]
    next_cursor: Annotated[
        str | None, Field(description="Asks for the next page; null: this is the last", examples=["25"])
    ]


def show_sale_row(sale: Sale) -> SaleRow:
    """A sale as lists show it."""
    return SaleRow(
        id=sale.id,
        reservation_id=sale.reservation_id,
        development=sale.development,
        unit=sale.unit,
        price_table=sale.price_table,
        customer_ids=list(sale.customer_ids),
        total_cents=sale.total_cents,
        signed_on=sale.signed_on.isoformat(),
        sold_by=sale.sold_by,
        open_assignment_id=sale.open_assignment,
        created_at=format_moment(sale.created_at),
        updated_at=format_moment(sale.updated_at),
    )


def show_sale(sale: Sale) -> SaleAnswer:
    """A whole sale."""
    flow = json.loads(sale.flow)
    view = SaleView(
        **dict(show_sale_row(sale)),
        paid_cents=sale.paid_cents,
        flow=FlowView(**{name: flow[name] for name in FlowView.model_fields}),
        payments=[
            SalePaymentView(**{name: payment[name] for name in SalePaymentView.model_fields})
            for payment in flow["payments"]
        ],
    )
    return SaleAnswer(sale=view)
