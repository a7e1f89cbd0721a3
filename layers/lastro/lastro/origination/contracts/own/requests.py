"""What a person of the portal asks about its contracts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.origination.processes.requests import Csn
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request


class ListOwnContracts(Request):
    """Query of ``GET /api/v1/portal/contracts``."""

    cursor: Cursor = None
    per_page: PerPage = 25


class GetOwnContract(Request):
    """Path of ``GET /api/v1/portal/contracts/{customer_service_number}``."""

    customer_service_number: Annotated[Csn, Field(description="As the list has it")]
