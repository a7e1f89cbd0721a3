"""What a partner sends to read the report "Negativações de crédito"."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from lastro.kernel.errors import FieldError
from lastro.negativations.errors import ONE_CURSOR
from lastro.negativations.fields import BranchId
from lastro.negativations.listings.requests import Origins, Statuses
from lastro.wire.days import Day
from lastro.wire.identifiers import Code, IdempotencyKey
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.rule import is_empty


class ListingFilters(Request):
    """Which listings: of which days, and narrowed how."""

    start: Annotated[Day, Field(description="First day, in São Paulo", examples=["2026-11-01"])]
    end: Annotated[Day, Field(description="Last day, at most 366 days on", examples=["2026-11-30"])]
    status: Statuses = None
    origin: Origins = None
    branch_id: BranchId | None = None
    provider: Annotated[Code | None, Field(description="Only those at this bureau", examples=["serasa"])] = None


class ReportListings(ListingFilters):
    """Query of ``GET /api/v1/negativations_report``."""

    cursor: Cursor = None
    totals_cursor: Annotated[
        Cursor,
        Field(description="next_cursor of totals that are not whole: only the figures of what they lack, without rows"),
    ] = None
    per_page: PerPage = 25

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """Rows or figures go on."""
        return (
            []
            if is_empty(raw.get("cursor")) or is_empty(raw.get("totals_cursor"))
            else [ONE_CURSOR.at("totals_cursor")]
        )


class ExportedListings(ListingFilters):
    """What the file of listings shall hold."""

    cursor: Annotated[Cursor, Field(description="next_cursor of the file before: what it did not come to")] = None
    format: Annotated[Literal["csv", "xlsx"], Field(description="Kind of file", examples=["xlsx"])]


class ExportListings(Request):
    """Body of ``POST /api/v1/negativations_report/files``."""

    report: ExportedListings
    idempotency_key: IdempotencyKey = None
