"""A sale: what an approved reservation became, and to whom it belongs now. Pure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

from lastro.approvals.evaluation.flow import MONTHS_BETWEEN, PaymentKind
from lastro.kernel.calendar import add_months
from lastro.kernel.dataclass import dataclass

MOST_CUSTOMERS = 10


@dataclass(frozen=True)
class Party:
    """A customer of a sale or of an assignment, with its bare CPF or CNPJ."""

    customer_id: int
    document: str


@dataclass(frozen=True)
class Sale:
    """``customer_ids`` are who hold it, the first of them the first buyer; amounts are cents.

    ``flow`` is the reservation's payment flow as it was sent, as JSON. ``open_assignment`` is the assignment of it that
    waits for a decision.
    """

    id: int
    reservation_id: int
    development: str
    unit: str
    price_table: str
    customer_ids: tuple[int, ...]
    total_cents: int
    paid_cents: int
    flow: str
    signed_on: date
    sold_by: str
    created_at: datetime
    updated_at: datetime
    open_assignment: int | None = None
    version: int = 1


def open_for(sale: Sale, assignment_id: int, now: datetime) -> Sale:
    """The sale while an assignment of it waits for a decision."""
    return replace(sale, open_assignment=assignment_id, updated_at=now, version=sale.version + 1)


def close(sale: Sale, now: datetime, transfer: tuple[int, int] | None = None) -> Sale:
    """The sale once its assignment was decided; ``transfer`` puts a customer in the place of another."""
    holders = sale.customer_ids
    if transfer is not None:
        left, came = transfer
        holders = tuple(came if each == left else each for each in holders)
    return replace(sale, customer_ids=holders, open_assignment=None, updated_at=now, version=sale.version + 1)


def leave(sale: Sale, customer_id: int) -> Sale:
    """The sale without what it says of one of its customers; nothing else happened to it."""
    holders = tuple(each for each in sale.customer_ids if each != customer_id)
    return replace(sale, customer_ids=holders, version=sale.version + 1)


def last_due(sale: Sale) -> date:
    """The day on which the last of its payments is due, the last instalment of a series too."""
    return max(
        add_months(
            date.fromisoformat(payment["due_date"]),
            MONTHS_BETWEEN.get(PaymentKind(payment["kind"]), 0) * (payment["installments"] - 1),
        )
        for payment in json.loads(sale.flow)["payments"]
    )
