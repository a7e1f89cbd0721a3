"""What a partner reads of reservations. Amounts are cents."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.approvals.authorities.model import Limit
from lastro.approvals.evaluation.views import EvaluationView
from lastro.approvals.fields import Moment
from lastro.approvals.reservations.model import Reservation, Step
from lastro.approvals.reservations.states import State
from lastro.kernel.calendar import format_moment


class _View(BaseModel):
    """Built at the first answer: a cold start does not pay for models it never fills."""

    model_config = ConfigDict(defer_build=True)


class ScoreView(_View):
    """What a bureau said of the customer."""

    inquiry_id: Annotated[
        str, Field(description="UUID of the bureau inquiry", examples=["3f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"])
    ]
    value: Annotated[int | None, Field(description="Null: the report has no score, which is not zero", examples=[648])]


class StepView(_View):
    """One decision, or the cancellation."""

    decided_at: Moment
    decided_by: Annotated[str, Field(description="Who decided", examples=["bia.lima"])]
    verdict: Annotated[str, Field(description="approve, refuse, escalate or cancel", examples=["approve"])]
    rank: Annotated[int | None, Field(description="The rank that it was asked of; null: nobody was", examples=[1])]
    justification: Annotated[str, Field(description="Why", examples=["Entrada maior prometida para a assinatura"])]


class FlowView(_View):
    """What was told of the sale beside its payments; null: not told."""

    signed_on: Annotated[str, Field(description="YYYY-MM-DD", examples=["2026-11-10"])]
    total_cents: Annotated[int, Field(description="Total price, in cents", examples=[50000000])]
    table_price_cents: Annotated[int | None, Field(description="Price in the table, in cents", examples=[52000000])]
    keys_on: Annotated[str | None, Field(description="Day on which the keys are handed over", examples=["2029-11-10"])]
    occupancy_permit_on: Annotated[
        str | None, Field(description="Day of the occupancy permit (habite-se)", examples=["2029-10-10"])
    ]
    customer_income_cents: Annotated[
        int | None, Field(description="The customer's income of a month, in cents", examples=[900000])
    ]
    associates_income_cents: Annotated[
        int | None, Field(description="The associates' income of a month, in cents", examples=[300000])
    ]
    pre_registration_installment_cents: Annotated[
        int | None, Field(description="Instalment of the pre-registration, in cents", examples=[150000])
    ]


class ReservationRow(_View):
    """A reservation as lists show it."""

    id: Annotated[int, Field(description="Number of the reservation", examples=[1])]
    development: Annotated[str, Field(description="The development", examples=["Residencial Exemplo"])]
    unit: Annotated[str, Field(description="The unit, as the partner names it", examples=["Torre A, 101"])]
    price_table: Annotated[str, Field(description="The price table", examples=["Tabela 2026"])]
    customer_id: Annotated[int, Field(description="Number of the customer", examples=[42])]
    pre_registration_id: Annotated[str | None, Field(description="The pre-registration", examples=["10751"])]
    lots: Annotated[int, Field(description="Lots that are reserved", examples=[1])]
    owed_cents: Annotated[
        int | None, Field(description="What the customer owes already, in cents; null: not known", examples=[0])
    ]
    requested_by: Annotated[str, Field(description="Who asked", examples=["ana.souza"])]
    state: Annotated[State, Field(description="What became of the approval", examples=["awaiting_decision"])]
    rank: Annotated[
        int | None, Field(description="Rank of the authorities who are asked; null: nobody is", examples=[2])
    ]
    met_percent: Annotated[
        str, Field(description="How much of what the rule asks is met, at most 100, rounded down", examples=["96.5000"])
    ]
    exceeded: Annotated[list[Limit], Field(description="Limits of the requester that do not reach", examples=[[]])]
    score: Annotated[
        ScoreView | None, Field(description="Null: no report of the last 90 days, or a broker or an agency asks")
    ]
    created_at: Moment
    updated_at: Moment


class ReservationView(ReservationRow):
    """A reservation with its flow, how it was evaluated, and every decision."""

    flow: FlowView
    evaluation: EvaluationView
    history: Annotated[list[StepView], Field(description="Decisions and the cancellation, in their order")]


class ReservationAnswer(_View):
    """Envelope of one reservation."""

    reservation: ReservationView


class ReservationList(_View):
    """A page of reservations, in order of number. One of who sells, whose own lie among a thousand of others, may hold
    fewer and still be followed by another.
    """

    reservations: Annotated[list[ReservationRow], Field(description="Reservations of this page")]
    next_cursor: Annotated[
        str | None, Field(description="Asks for the next page; null: this is the last", examples=["25"])
    ]


def show_row(reservation: Reservation, *, scored: bool = True) -> ReservationRow:
    """A reservation as lists show it, with the bureau's score where ``scored``."""
    order, score = reservation.order, reservation.score if scored else None
    return ReservationRow(
        id=reservation.id,
        development=order.development,
        unit=order.unit,
        price_table=order.price_table,
        customer_id=order.customer_id,
        pre_registration_id=order.pre_registration_id,
        lots=order.lots,
        owed_cents=order.owed_cents,
        requested_by=order.requested_by,
        state=reservation.state,
        rank=reservation.rank,
        met_percent=f"{reservation.finding.met_percent:.4f}",
        exceeded=list(reservation.exceeded),
        score=ScoreView(inquiry_id=score.inquiry_id, value=score.value) if score else None,
        created_at=format_moment(reservation.created_at),
        updated_at=format_moment(reservation.updated_at),
    )


def show_reservation(reservation: Reservation, *, scored: bool = True) -> ReservationAnswer:
    """A whole reservation, with the bureau's score where ``scored``."""
    flow = json.loads(reservation.order.flow)
    view = ReservationView(
        **dict(show_row(reservation, scored=scored)),
        flow=FlowView(**{name: flow[name] for name in FlowView.model_fields}),
        evaluation=EvaluationView.model_validate_json(reservation.order.evaluation),
        history=[_show_step(step) for step in reservation.history],
    )
    return ReservationAnswer(reservation=view)


def _show_step(step: Step) -> StepView:
    return StepView(
        decided_at=format_moment(step.at),
        decided_by=step.by,
        verdict=step.event,
        rank=step.rank,
        justification=step.justification,
    )
