"""What the partner sends to read the report of changes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lastro.customers.portal.changes.model import Period
from lastro.wire.days import Day
from lastro.wire.identifiers import IdempotencyKey
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request


class ChangeFilters(Request):
    """Which changes: of which days."""

    period: Annotated[
        Period, Field(description="A month in São Paulo, or the days of start to end", examples=["current_month"])
    ] = Period.CURRENT_MONTH
    start: Annotated[Day | None, Field(description="First day of a custom period", examples=["2026-11-01"])] = None
    end: Annotated[
        Day | None, Field(description="Last day of a custom period, at most 366 days on", examples=["2026-11-30"])
    ] = None


class ReportChanges(ChangeFilters):
    """Query of ``GET /api/v1/registration_changes``."""

    cursor: Cursor = None
    per_page: PerPage = 25


class ExportedChanges(ChangeFilters):
    """What the file of changes shall hold."""

    format: Annotated[Literal["csv", "xlsx"], Field(description="Kind of file", examples=["xlsx"])]


class ExportChanges(Request):
    """Body of ``POST /api/v1/registration_changes/files``."""

    report: ExportedChanges
    idempotency_key: IdempotencyKey = None
