"""What a partner sends about reservations. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from lastro.approvals.authorities.model import MOST_LOTS
from lastro.approvals.errors import ONE_FILTER
from lastro.approvals.evaluation.requests import SentFlow
from lastro.kernel.errors import FieldError
from lastro.wire.amounts import InCents, InWhole
from lastro.wire.identifiers import IdempotencyKey, Number, OwnId
from lastro.wire.objects import WireObject
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request
from lastro.wire.rule import is_empty
from lastro.wire.text import Line, Text

CustomerId = Annotated[Number, Field(description="Number of the customer", examples=[42])]


class SentReservation(WireObject):
    """A unit for a customer, by a payment flow."""

    development: Annotated[Text, Field(description="The development", examples=["Residencial Exemplo"])]
    unit: Annotated[OwnId, Field(description="The unit, as the partner names it", examples=["Torre A, 101"])]
    price_table: Annotated[Text, Field(description="The price table", examples=["Tabela 2026"])]
    customer_id: CustomerId
    approval_rule_id: Annotated[
        Number | None,
        Field(description="The rule; absent: the one of the development and the price table", examples=[1]),
    ] = None
    pre_registration_id: Annotated[
        OwnId | None,
        Field(description="The pre-registration; wanted where the rule adds its instalment", examples=["10751"]),
    ] = None
    lots: Annotated[int, InWhole(1, MOST_LOTS), Field(description="Lots that are reserved", examples=[1])] = 1
    owed_cents: Annotated[
        int | None,
        InCents(),
        Field(description="What the customer owes already, in cents; absent: not known", examples=[0]),
    ] = None
    requested_by: Annotated[OwnId, Field(description="Who asks, as the partner names them", examples=["ana.souza"])]
    flow: SentFlow


class CreateReservation(Request):
    """Body of ``POST /api/v1/reservations``."""

    reservation: SentReservation
    idempotency_key: IdempotencyKey = None


class FindReservation(Request):
    """Path of ``GET /api/v1/reservations/{reservation_id}``."""

    reservation_id: Number


class ListReservations(Request):
    """Query of ``GET /api/v1/reservations``: all, those of one customer, or those that wait for one authority."""

    customer_id: Annotated[Number | None, Field(description="Only this customer's", examples=[42])] = None
    authority: Annotated[
        OwnId | None,
        Field(
            description="Only those that wait for this user's rank, or for one below that nobody enabled has",
            examples=["bia.lima"],
        ),
    ] = None
    cursor: Annotated[
        Number | None, Field(description="next_cursor of the page before; absent: the first page", examples=["25"])
    ] = None
    per_page: Annotated[PerPage, Field(description="Reservations of a page", examples=[25])] = 25

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """One filter at a time."""
        if is_empty(raw.get("customer_id")) or is_empty(raw.get("authority")):
            return []
        return [ONE_FILTER.at("authority")]


class SentDecision(WireObject):
    """What an authority says of a reservation."""

    verdict: Annotated[
        Literal["approve", "refuse", "escalate"],
        Field(description="Approve, refuse, or ask the next authority", examples=["approve"]),
    ]
    decided_by: Annotated[
        OwnId, Field(description="Who decides, as the partner names them: never who asked", examples=["bia.lima"])
    ]
    justification: Annotated[
        str, Line(500), Field(description="Why", examples=["Entrada maior prometida para a assinatura"])
    ]


class DecideReservation(Request):
    """Path and body of ``POST /api/v1/reservations/{reservation_id}/decision``."""

    reservation_id: Number
    decision: SentDecision


class SentCancellation(WireObject):
    """Why a reservation is given up, and by whom."""

    cancelled_by: Annotated[OwnId, Field(description="Who cancels, as the partner names them", examples=["ana.souza"])]
    reason: Annotated[str, Line(500), Field(description="Why", examples=["O cliente desistiu da compra"])]


class CancelReservation(Request):
    """Path and body of ``POST /api/v1/reservations/{reservation_id}/cancellation``."""

    reservation_id: Number
    cancellation: SentCancellation
