"""What a partner reads of who approves."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.approvals.authorities.model import Authority
from lastro.approvals.fields import Moment, show_percent
from lastro.kernel.calendar import format_moment


class AuthorityView(BaseModel):
    """How far a user may go; null: no such bound."""

    model_config = ConfigDict(defer_build=True)

    name: Annotated[str, Field(description="A user, as the partner names them", examples=["bia.lima"])]
    rank: Annotated[int, Field(description="Order of being asked: the lowest first", examples=[1])]
    enabled: Annotated[bool, Field(description="false: no longer asked, and decides nothing", examples=[True])]
    maximum_cents: Annotated[
        int | None,
        Field(description="Greatest total price, and greatest sum of the payments, in cents", examples=[50000000]),
    ]
    maximum_lots: Annotated[int | None, Field(description="Greatest number of lots", examples=[2])]
    maximum_owed_cents: Annotated[
        int | None, Field(description="Greatest amount the customer owes already, in cents", examples=[0])
    ]
    minimum_score: Annotated[int | None, Field(description="Least score of the bureau", examples=[500])]
    minimum_percent: Annotated[
        str, Field(description="Least part of what the rule asks that the flow has to meet", examples=["95.00"])
    ]
    without_bureau_report: Annotated[
        bool, Field(description="May approve without a report of a bureau", examples=[False])
    ]
    updated_at: Moment


class AuthorityAnswer(BaseModel):
    """Envelope of one who approves."""

    model_config = ConfigDict(defer_build=True)

    authority: AuthorityView


class AuthorityList(BaseModel):
    """All who approve, in the order in which they are asked."""

    model_config = ConfigDict(defer_build=True)

    authorities: Annotated[list[AuthorityView], Field(description="At most 200")]


def show_authority(authority: Authority) -> AuthorityView:
    """One who approves, as partners read it."""
    limits = authority.limits
    return AuthorityView(
        name=authority.name,
        rank=authority.rank,
        enabled=authority.enabled,
        maximum_cents=limits.maximum_cents,
        maximum_lots=limits.maximum_lots,
        maximum_owed_cents=limits.maximum_owed_cents,
        minimum_score=limits.minimum_score,
        minimum_percent=show_percent(limits.minimum_percent),
        without_bureau_report=limits.without_bureau_report,
        updated_at=format_moment(authority.updated_at),
    )
