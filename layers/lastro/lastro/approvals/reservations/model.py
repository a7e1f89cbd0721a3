"""A reservation: a unit for a customer by a payment flow, how the flow was evaluated, and who decides on it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from lastro.approvals.authorities.model import (
    WHOLE,
    Authority,
    Limit,
    Score,
    Stakes,
    find_exceeded,
    next_rank,
)
from lastro.approvals.reservations.states import Event, State, next_state
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.dataclass import dataclass
from lastro.kernel.texts.names import same_person


@dataclass(frozen=True)
class Order:
    """What is asked for. Amounts are cents; ``flow`` is the flow as sent and ``evaluation`` its outcome, as JSON.

    ``total_cents`` is the price, ``paid_cents`` what all payments of the flow come to.
    """

    development: str
    unit: str
    price_table: str
    customer_id: int
    requested_by: str
    lots: int
    owed_cents: int | None
    pre_registration_id: str | None
    total_cents: int
    paid_cents: int
    flow: str
    evaluation: str


@dataclass(frozen=True)
class Finding:
    """What the evaluation says of an order: how much of the rule is met, and whether a risk is above its limit."""

    met_percent: Decimal
    blocked: bool


@dataclass(frozen=True)
class Step:
    """What somebody said: who, what, why, and the rank that it was asked of, ``None`` where nobody was asked."""

    at: datetime
    by: str
    event: Event
    rank: int | None
    justification: str


@dataclass(frozen=True)
class Reservation:
    """An order and where it stands.

    ``rank`` is that of the authorities who are asked, while they are. ``exceeded`` are the limits of its requester that
    did not reach; ``score`` is what was known of the customer when it was last looked at. It was asked from
    ``panel``, ``None`` for the partner itself.
    """

    id: int
    order: Order
    finding: Finding
    state: State
    rank: int | None
    exceeded: tuple[Limit, ...]
    score: Score | None
    created_at: datetime
    updated_at: datetime
    history: tuple[Step, ...] = ()
    version: int = 1
    panel: Panel | None = None

    def stakes(self, score: Score | None) -> Stakes:
        """What limits are held against, with a score."""
        order = self.order
        value = max(order.total_cents, order.paid_cents)
        return Stakes(value, order.lots, order.owed_cents, self.finding.met_percent, score)

    def is_shown_to(self, caller: Caller) -> bool:
        """Whether a call sees it: who sells sees what its own panel asked, and in person what it asked itself."""
        if caller.panel is not None and caller.acts_as:
            return same_person(self.order.requested_by, caller.acts_as)
        return caller.panel in (None, self.panel)

    @staticmethod
    def scores_are_shown_to(caller: Caller) -> bool:
        """Whether a call is told the bureau's score: brokers and agencies, whom no bureau's answer is opened to, would
        read anybody's by reserving a unit.
        """
        return caller.panel in (None, Panel.MANAGER)

    @staticmethod
    def waiting_is_shown_to(caller: Caller) -> bool:
        """Whether a call may ask what waits for an authority: brokers and agencies are not told who decides."""
        return caller.panel in (None, Panel.MANAGER)

    def escalated_by(self) -> tuple[str, ...]:
        """Who handed it up, and decides on it no more, whatever their rank has become."""
        return tuple(step.by for step in self.history if step.event is Event.ESCALATE)

    def was_at_or_below(self, rank: int) -> bool:
        """Whether it was once asked of this rank or a lower one."""
        return any(step.rank is not None and step.rank <= rank for step in self.history)


def make_reservation(
    number: int,
    order: Order,
    finding: Finding,
    score: Score | None,
    authorities: Sequence[Authority],
    now: datetime,
) -> Reservation:
    """A new reservation and its first state.

    What meets the rule is approved within the limits of its requester; a partner who never named an authority has no
    limits, one whose authorities are all disabled has nobody within them. All else is asked of the next authority, who
    is never the requester. A risk above its limit blocks it.
    """
    enabled = [one for one in authorities if one.enabled]
    own = next((one for one in enabled if same_person(one.name, order.requested_by)), None)
    made = Reservation(number, order, finding, State.REFUSED, None, (), score, now, now)
    stakes = made.stakes(score)
    exceeded = find_exceeded(own.limits, stakes) if own else ()
    within = not exceeded if own else not authorities
    if finding.blocked:
        event, rank = Event.RISK_EXCEEDED, None
    elif within and finding.met_percent == WHOLE:
        event, rank = Event.MET, None
    else:
        rank = next_rank(enabled, stakes, [order.requested_by], own.rank if own else 0)
        event = Event.NOBODY_TO_ASK if rank is None else Event.PASSED_ON
    return replace(made, state=next_state(None, event), rank=rank, exceeded=exceeded)


def cancel(reservation: Reservation, at: datetime, by: str, reason: str) -> Reservation:
    """The reservation given up; what was decided stays in its history. Raises ``IllegalTransition``."""
    step = Step(at, by, Event.CANCEL, reservation.rank, reason)
    return decide(reservation, step, reservation.score)


def sell(reservation: Reservation, at: datetime) -> Reservation:
    """The reservation once a sale was made of it. Raises ``IllegalTransition``."""
    state = next_state(reservation.state, Event.SELL)
    return replace(reservation, state=state, updated_at=at, version=reservation.version + 1)


def decide(reservation: Reservation, step: Step, score: Score | None, *, rank: int | None = None) -> Reservation:
    """The reservation after a decision; ``rank`` is who is asked after an escalation. Raises ``IllegalTransition``."""
    return replace(
        reservation,
        state=next_state(reservation.state, step.event),
        rank=rank,
        score=score,
        history=(*reservation.history, step),
        updated_at=step.at,
        version=reservation.version + 1,
    )
