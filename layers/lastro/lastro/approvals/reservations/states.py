"""The states of a reservation, as a table. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """What became of the approval of a reservation.

    ``blocked``: a risk is above its limit, which nobody approves. ``refused``: by the rule where nobody may decide,
    or by an authority. ``cancelled``: given up, whether it waited or was approved; its unit is free.
    ``sold``: a sale was made of it, which holds its unit from then on.
    """

    AWAITING_DECISION = "awaiting_decision"
    APPROVED = "approved"
    REFUSED = "refused"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"
    SOLD = "sold"


STATE_TEXTS: Mapping[State, str] = {
    State.AWAITING_DECISION: "à espera de decisão",
    State.APPROVED: "aprovada",
    State.REFUSED: "recusada",
    State.BLOCKED: "bloqueada",
    State.CANCELLED: "cancelada",
    State.SOLD: "vendida",
}
"""What people are told of the state of a reservation."""

HOLDING = frozenset({State.AWAITING_DECISION, State.APPROVED, State.SOLD})
"""States in which a reservation holds its unit: nobody else reserves it."""


class Event(StrEnum):
    """What happens to a reservation. The first four are findings of its evaluation, the others are what people say."""

    MET = "met"
    PASSED_ON = "passed_on"
    NOBODY_TO_ASK = "nobody_to_ask"
    RISK_EXCEEDED = "risk_exceeded"
    APPROVE = "approve"
    REFUSE = "refuse"
    ESCALATE = "escalate"
    CANCEL = "cancel"
    SELL = "sell"


TRANSITIONS: Mapping[tuple[State | None, Event], State] = {
    (None, Event.MET): State.APPROVED,
    (None, Event.PASSED_ON): State.AWAITING_DECISION,
    (None, Event.NOBODY_TO_ASK): State.REFUSED,
    (None, Event.RISK_EXCEEDED): State.BLOCKED,
    (State.AWAITING_DECISION, Event.APPROVE): State.APPROVED,
    (State.AWAITING_DECISION, Event.REFUSE): State.REFUSED,
    (State.AWAITING_DECISION, Event.ESCALATE): State.AWAITING_DECISION,
    (State.AWAITING_DECISION, Event.CANCEL): State.CANCELLED,
    (State.APPROVED, Event.CANCEL): State.CANCELLED,
    (State.APPROVED, Event.SELL): State.SOLD,
}
"""``(state, event) -> state``; ``None`` before it is made. What is not here does not happen."""


class IllegalTransition(ValueError):
    """An event that the state does not know."""


def next_state(state: State | None, event: Event) -> State:
    """The state after an event. Raises ``IllegalTransition``."""
    try:
        return TRANSITIONS[state, event]
    except KeyError as error:
        raise IllegalTransition(f"a reservation that is {state} cannot be {event}") from error
