"""What a partner reads of assignments."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.approvals.assignments.model import Assignment, AssignmentState
from lastro.approvals.fields import Moment
from lastro.kernel.calendar import format_moment


class _View(BaseModel):
    """Built at the first answer: a cold start does not pay for models it never fills."""

    model_config = ConfigDict(defer_build=True)


class AssignmentStepView(_View):
    """One step of the history."""

    at: Moment
    by: Annotated[str, Field(description="Who asked or decided", examples=["bia.lima"])]
    state: Annotated[AssignmentState, Field(description="Where it stood from then on", examples=["approved"])]
    justification: Annotated[
        str | None,
        Field(description="Why it was decided so; null: nothing was decided", examples=["Documentos conferidos"]),
    ]


class AssignmentRow(_View):
    """An assignment as lists show it."""

    id: Annotated[int, Field(description="Number of the assignment", examples=[1])]
    sale_id: Annotated[int, Field(description="The sale", examples=[1])]
    development: Annotated[str, Field(description="The development", examples=["Residencial Exemplo"])]
    unit: Annotated[str, Field(description="The unit, as the partner names it", examples=["Torre A, 101"])]
    from_customer_id: Annotated[
        int | None, Field(description="Who hands it over; null: the term of what is kept of them ended", examples=[42])
    ]
    to_customer_id: Annotated[
        int | None, Field(description="Who takes it; null: the term of what is kept of them ended", examples=[43])
    ]
    assigned_on: Annotated[str, Field(description="Day of the assignment, YYYY-MM-DD", examples=["2026-11-20"])]
    requested_by: Annotated[str, Field(description="Who asked", examples=["ana.souza"])]
    state: Annotated[AssignmentState, Field(description="Where it stands", examples=["awaiting_decision"])]
    created_at: Moment
    updated_at: Moment


class AssignmentView(AssignmentRow):
    """An assignment with its history."""

    history: Annotated[list[AssignmentStepView], Field(description="In order")]


class AssignmentAnswer(_View):
    """Envelope of one assignment."""

    assignment: AssignmentView


class AssignmentList(_View):
    """A page of assignments, in order of number."""

    assignments: Annotated[list[AssignmentRow], Field(description="Assignments of this page")]
    next_cursor: Annotated[
        str | None, Field(description="Asks for the next page; null: this is the last", examples=["25"])
    ]


def show_assignment_row(assignment: Assignment) -> AssignmentRow:
    """An assignment as lists show it."""
    return AssignmentRow(
        id=assignment.id,
        sale_id=assignment.sale_id,
        development=assignment.development,
        unit=assignment.unit,
        from_customer_id=assignment.from_customer_id,
        to_customer_id=assignment.to_customer_id,
        assigned_on=assignment.assigned_on.isoformat(),
        requested_by=assignment.requested_by,
        state=assignment.state,
        created_at=format_moment(assignment.created_at),
        updated_at=format_moment(assignment.updated_at),
    )


def show_assignment(assignment: Assignment) -> AssignmentAnswer:
    """A whole assignment."""
    history = [
        AssignmentStepView(at=format_moment(step.at), by=step.by, state=step.state, justification=step.justification)
        for step in assignment.history
    ]
    return AssignmentAnswer(assignment=AssignmentView(**dict(show_assignment_row(assignment)), history=history))
