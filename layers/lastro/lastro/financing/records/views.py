"""What a store reads of the acts on a proposal, and what a bank is answered that told of one."""

from __future__ import annotations

from pydantic import BaseModel, Field

from lastro.financing.fields import Moment, local
from lastro.financing.records.activities import Activity


class ActivityView(BaseModel):
    """One act on a proposal."""

    id: int = Field(description="From 1 within the proposal", examples=[1])
    action: str = Field(description="What was done", examples=["proposal.created"])
    principal: str = Field(description="Who did it: a credential, or a bank", examples=["key:0b6f2d0e"])
    proposal_attempt_id: int | None = Field(description="The attempt that it is about", examples=[97])
    comment: str | None = Field(description="What was noted", examples=["Cliente volta na sexta-feira"])
    created_at: Moment


class ActivityList(BaseModel):
    """Everything that was done to a proposal, oldest first."""

    activities: list[ActivityView] = Field(description="Oldest first")


class ActivityAnswer(BaseModel):
    """Envelope of one act."""

    activity: ActivityView


class BankWordView(BaseModel):
    """What a bank told is kept."""

    received: bool = Field(default=True, description="Always true when answered", examples=[True])


def show_activity(activity: Activity) -> ActivityView:
    return ActivityView(
        id=activity.number,
        action=activity.action,
        principal=activity.principal,
        proposal_attempt_id=activity.attempt_id,
        comment=activity.comment,
        created_at=local(activity.at),
    )
