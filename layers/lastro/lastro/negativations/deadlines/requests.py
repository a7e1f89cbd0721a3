"""What a partner sends to read deadlines."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.negativations.fields import BranchId
from lastro.wire.amounts import WrittenFlag
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request


class ListDeadlines(Request):
    """Query of ``GET /api/v1/negativations/deadlines``."""

    branch_id: BranchId | None = None
    late: Annotated[WrittenFlag | None, Field(description="Only those past their last day, or only the others")] = None
    per_page: PerPage = 100
