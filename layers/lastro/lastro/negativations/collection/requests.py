"""What a partner sends about the collection of a branch."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from lastro.negativations.collection.model import MAX_STEPS, Action
from lastro.negativations.errors import YEARLY_DAY
from lastro.negativations.fields import BranchId
from lastro.wire.amounts import Flag, InCents, InWhole
from lastro.wire.days import Day
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.persons.places import State
from lastro.wire.requests import Request
from lastro.wire.rule import Read, read_text

MAX_DAYS = 1800
"""Days overdue after which a step may still come: below five years."""

MAX_HOLIDAYS = 100
MAX_COST = 10**7


def _read_yearly(value: Any) -> str:
    """A day of each year as ``MM-DD``. Raises ``PydanticCustomError``."""
    text = read_text(value)
    month, _, day = text.partition("-")
    lengths = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    known = len(text) == 5 and month.isascii() and day.isascii() and month.isdigit() and day.isdigit()
    if not known or not 1 <= int(month) <= 12 or not 1 <= int(day) <= lengths[int(month) - 1]:
        raise PydanticCustomError(YEARLY_DAY.rule, YEARLY_DAY.text)
    return text


YearlyDay = Annotated[
    str,
    Read(
        _read_yearly,
        {
            "type": "string",
            "pattern": "^((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)$",
        },
    ),
]


class WantedStep(WireObject):
    """A step of the collection; the fifth alone sends to credit analysis or to a notary."""

    step: Annotated[int, InWhole(1, MAX_STEPS), Field(description="1 to 5", examples=[5])]
    days_overdue: Annotated[int, InWhole(1, MAX_DAYS), Field(description="Days after the due date", examples=[45])]
    action: Annotated[Action, Field(description="What is done", examples=["credit_analysis"])]


class WantedParameters(WireObject):
    """What a branch does about boletos that are not paid, all of it."""

    enabled: Annotated[Flag, Field(description="Whether the daily routine runs", examples=[True])]
    steps: Annotated[list[WantedStep], Field(min_length=1, max_length=MAX_STEPS, description="In order, days growing")]
    state: Annotated[
        State | None, Field(description="Where the branch works: its state's holidays count for deadlines")
    ] = None
    yearly_holidays: Annotated[
        list[YearlyDay],
        Field(max_length=MAX_HOLIDAYS, description="Local holidays of each year, MM-DD", examples=[["01-25"]]),
    ] = Field(default_factory=list)
    single_holidays: Annotated[
        list[Day],
        Field(max_length=MAX_HOLIDAYS, description="Local holidays of one year", examples=[["2026-06-04"]]),
    ] = Field(default_factory=list)
    listing_cost_cents: Annotated[
        int,
        InCents(0, MAX_COST),
        Field(description="What a listing costs by contract, in cents, for the figures of runs", examples=[350]),
    ] = 0


class PutParameters(Request):
    """Path and body of ``PUT /api/v1/collection_parameters/{branch_id}``."""

    branch_id: BranchId
    collection_parameters: WantedParameters


class FindParameters(Request):
    """Path of ``GET /api/v1/collection_parameters/{branch_id}``."""

    branch_id: BranchId


class ListRuns(Request):
    """Query of ``GET /api/v1/collection_runs``."""

    branch_id: BranchId | None = None
    cursor: Cursor = None
    per_page: PerPage = 25
