"""What a partner reads of deadlines."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.negativations.fields import View


class DeadlineView(View):
    """A listing that has to be down."""

    negativation_id: Annotated[
        str, Field(description="UUID of a listing", examples=["3e2c7a52-7a1b-5c43-a86b-8a4c1f2f9d11"])
    ]
    boleto_id: Annotated[str, Field(description="UUID of a boleto", examples=["7a6f0b9e-52d1-5b0e-9a39-52b3a3b0d7c2"])]
    branch_id: Annotated[int, Field(description="Number of a branch", examples=[1])]
    status: Annotated[str, Field(description="Where the listing stands", examples=["baixa_pendente"])]
    origin: Annotated[str, Field(description="manual or automatic", examples=["manual"])]
    available_on: Annotated[
        str | None, Field(description="The day the money was available; null: not paid", examples=["2026-11-04"])
    ]
    due_on: Annotated[str, Field(description="The last lawful day of its removal", examples=["2026-11-11"])]
    late: Annotated[bool, Field(description="That day is over", examples=[False])]
    to_be_asked_for: Annotated[
        bool, Field(description="Nobody asked for the removal yet: a person has to", examples=[True])
    ]


class BranchDeadlines(View):
    """How many of a branch."""

    branch_id: Annotated[int, Field(description="Number of a branch", examples=[1])]
    due: Annotated[int, Field(description="Listings that have to be down, late ones too", examples=[3])]
    late: Annotated[int, Field(description="Those past their last lawful day", examples=[0])]


class DeadlineList(View):
    """What has to be down, the earliest first, and how many in each branch."""

    data: Annotated[list[DeadlineView], Field(description="Deadlines, as many as asked for")]
    due: Annotated[int, Field(description="Listings that have to be down, late ones too", examples=[3])]
    late: Annotated[int, Field(description="Those past their last lawful day", examples=[0])]
    counted_all: Annotated[
        bool, Field(description="false: there are more than were looked through, the earliest", examples=[True])
    ]
    by_branch: Annotated[list[BranchDeadlines], Field(description="The same for each branch that has any")]
