"""What a partner reads of its collections and their runs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.kernel.calendar import format_moment
from lastro.negativations.collection.model import Action, Figures, Parameters, Run, RunStatus
from lastro.negativations.fields import Moment, View
from lastro.negativations.law.protest import CANCELLATION

Counts = Annotated[dict[str, int], Field(description="How many by code", examples=[{"disputed": 3}])]


class StepView(View):
    """A step of the collection."""

    step: Annotated[int, Field(description="1 to 5", examples=[5])]
    days_overdue: Annotated[int, Field(description="Days after the due date", examples=[45])]
    action: Annotated[str, Field(description="What is done", examples=["credit_analysis"])]
    notice: Annotated[
        str | None, Field(description="What the law says of it and is to be told to the debtor", examples=[None])
    ]


class ParametersView(View):
    """What a branch does about boletos that are not paid."""

    branch_id: Annotated[int, Field(description="Number of a branch", examples=[1])]
    enabled: Annotated[bool, Field(description="Whether the daily routine runs", examples=[True])]
    steps: Annotated[list[StepView], Field(description="In order, days growing")]
    state: Annotated[str | None, Field(description="Federal unit", examples=["SP"])]
    yearly_holidays: Annotated[list[str], Field(description="Local holidays of each year, MM-DD", examples=[["01-25"]])]
    single_holidays: Annotated[list[str], Field(description="Local holidays of one year", examples=[["2026-06-04"]])]
    listing_cost_cents: Annotated[
        int, Field(description="What a listing costs by contract, in cents, for the figures of runs", examples=[350])
    ]
    updated_at: Moment


class ParametersAnswer(View):
    """Envelope of a branch's collection."""

    data: ParametersView


class ParametersList(View):
    """The collections of the partner, in order of branches."""

    data: Annotated[list[ParametersView], Field(description="Collections")]


class RunView(View):
    """What the routine did at a branch on one day."""

    id: Annotated[str, Field(description="Branch and day", examples=["1-2026-11-03"])]
    branch_id: Annotated[int, Field(description="Number of a branch", examples=[1])]
    business_date: Annotated[str, Field(description="The day it is about", examples=["2026-11-03"])]
    status: Annotated[str, Field(description="running, finished or blocked", examples=["finished"])]
    integration_id: Annotated[
        int | None, Field(description="Through which it lists; null: it lists nobody, or is blocked", examples=[3])
    ]
    blocked_code: Annotated[
        str | None, Field(description="Why nothing was done, such as default_code_disappeared", examples=[None])
    ]
    blocked_message: Annotated[str | None, Field(description="The same in words", examples=[None])]
    looked_at: Annotated[int, Field(description="Boletos overdue long enough for the first step", examples=[1200])]
    queued: Annotated[int, Field(description="Boletos for which a step was due", examples=[60])]
    worked: Annotated[int, Field(description="Those of them that are worked", examples=[60])]
    listed: Annotated[int, Field(description="Listings that were asked for", examples=[41])]
    done: Annotated[Counts, Field(description="Steps that were done, by action", examples=[{"credit_analysis": 41}])]
    excluded: Annotated[Counts, Field(description="Left alone, by reason", examples=[{"disputed": 3}])]
    failed: Annotated[
        Counts, Field(description="Not done, by code; unknown_code names the nature", examples=[{"invalid_input": 2}])
    ]
    cost_cents: Annotated[int, Field(description="Contracted cost of the listings, in cents", examples=[12300])]
    started_at: Moment
    ended_at: Annotated[str | None, Field(description="UTC; null while it runs", examples=["2026-11-03T12:04:00.000Z"])]


class RunList(View):
    """Runs, newest day first. A page may hold fewer than asked for and still be followed by another."""

    data: Annotated[list[RunView], Field(description="Runs")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


def view_parameters(parameters: Parameters) -> ParametersView:
    return ParametersView(
        branch_id=parameters.branch_id,
        enabled=parameters.enabled,
        steps=[
            StepView(
                step=step.number,
                days_overdue=step.days_overdue,
                action=step.action.value,
                notice=CANCELLATION if step.action is Action.NOTARY else None,
            )
            for step in parameters.steps
        ],
        state=parameters.state or None,
        yearly_holidays=list(parameters.yearly),
        single_holidays=[day.isoformat() for day in parameters.single],
        listing_cost_cents=parameters.listing_cost_cents,
        updated_at=format_moment(parameters.updated_at),
    )


def view_run(run: Run, figures: Figures) -> RunView:
    finished = run.status is RunStatus.RUNNING and figures.is_finished
    return RunView(
        id=run.key.id,
        branch_id=run.key.branch_id,
        business_date=run.key.business_date.isoformat(),
        status=RunStatus.FINISHED.value if finished else run.status.value,
        integration_id=run.integration_id,
        blocked_code=run.blocked_code,
        blocked_message=run.blocked_text,
        looked_at=figures.looked_at,
        queued=figures.queued,
        worked=figures.worked,
        listed=figures.done.get(Action.CREDIT_ANALYSIS, 0),
        done=figures.done,
        excluded=figures.excluded,
        failed=figures.failed,
        cost_cents=figures.cost_cents,
        started_at=format_moment(run.started_at),
        ended_at=format_moment(figures.ended_at(run)),
    )
