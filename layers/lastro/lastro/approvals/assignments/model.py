"""An assignment (cessão): a sale passes from one customer to another once somebody else approves it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from lastro.kernel.dataclass import dataclass


class AssignmentState(StrEnum):
    """Where an assignment stands. Once decided it stays."""

    AWAITING_DECISION = "awaiting_decision"
    APPROVED = "approved"
    REFUSED = "refused"


STATE_TEXTS: Mapping[AssignmentState, str] = {
    AssignmentState.AWAITING_DECISION: "à espera de decisão",
    AssignmentState.APPROVED: "aprovada",
    AssignmentState.REFUSED: "recusada",
}
"""What people are told of the state of an assignment."""


class Verdict(StrEnum):
    """What is said of an assignment."""

    APPROVE = "approve"
    REFUSE = "refuse"


TRANSITIONS: Mapping[tuple[AssignmentState, Verdict], AssignmentState] = {
    (AssignmentState.AWAITING_DECISION, Verdict.APPROVE): AssignmentState.APPROVED,
    (AssignmentState.AWAITING_DECISION, Verdict.REFUSE): AssignmentState.REFUSED,
}
"""``(state, verdict) -> state``. What is not here does not happen."""


@dataclass(frozen=True)
class AssignmentStep:
    """One step of the history: a request or a decision, by whom, when, why."""

    at: datetime
    by: str
    state: AssignmentState
    justification: str | None


@dataclass(frozen=True)
class Assignment:
    """``from_customer_id`` hands its part of the sale to ``to_customer_id``; ``None``: what was kept of it ended."""

    id: int
    sale_id: int
    development: str
    unit: str
    from_customer_id: int | None
    to_customer_id: int | None
    assigned_on: date
    requested_by: str
    state: AssignmentState
    created_at: datetime
    updated_at: datetime
    history: tuple[AssignmentStep, ...]
    version: int = 1


def decide(assignment: Assignment, verdict: Verdict, by: str, justification: str, now: datetime) -> Assignment:
    """The assignment after a decision. Raises ``KeyError`` for one that was decided before."""
    state = TRANSITIONS[assignment.state, verdict]
    step = AssignmentStep(now, by, state, justification)
    return replace(
        assignment,
        state=state,
        history=(*assignment.history, step),
        updated_at=now,
        version=assignment.version + 1,
    )


def leave(assignment: Assignment, customer_id: int) -> Assignment:
    """The assignment without what it says of one of its parties; nothing else happened to it."""
    left, came = (
        None if each == customer_id else each for each in (assignment.from_customer_id, assignment.to_customer_id)
    )
    return replace(assignment, from_customer_id=left, to_customer_id=came, version=assignment.version + 1)
