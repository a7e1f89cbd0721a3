"""What a partner sends to read inquiries, their history and the report of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from lastro.bureaus.errors import ONE_CURSOR
from lastro.bureaus.setup.fields import BranchId, DocumentText, InquiryId, IntegrationId, Name, SubjectIdInPath
from lastro.kernel.errors import FieldError
from lastro.wire.days import AnyDay
from lastro.wire.identifiers import Code, IdempotencyKey
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.rule import is_empty


class FindInquiry(Request):
    """Path of the calls on one inquiry."""

    inquiry_id: InquiryId


class DownloadInquiry(FindInquiry):
    """Path and query of ``GET /api/v1/bureau_inquiries/{inquiry_id}/download``."""

    file: Annotated[
        Literal["attachment", "answer"],
        Field(
            description="The bureau's file for people (PDF, HTML), or its whole answer as it came", examples=["answer"]
        ),
    ] = "answer"


class ListInquiries(Request):
    """Query of ``GET /api/v1/bureau_inquiries``."""

    cursor: Cursor = None
    per_page: PerPage = 25


class ListSubjectInquiries(Request):
    """Path and query of ``GET /api/v1/bureau_subjects/{subject_type}/{subject_id}/inquiries``."""

    subject_type: Annotated[
        Literal["client", "lead", "prospect"], Field(description="What the subject is", examples=["lead"])
    ]
    subject_id: SubjectIdInPath
    cursor: Cursor = None
    per_page: PerPage = 25


class WantedAccess(WireObject):
    """The data subject, and who answers them."""

    document: DocumentText
    requested_by: Annotated[Name, Field(description="Who answers the data subject", examples=["ana.souza"])]


class CreateAccessRequest(Request):
    """Body of ``POST /api/v1/bureau_access_requests``."""

    access_request: WantedAccess
    idempotency_key: IdempotencyKey = None


class InquiryFilters(Request):
    """Which inquiries: of which days, and narrowed how."""

    start: Annotated[
        AnyDay, Field(description="First day, in São Paulo: Data consulta inicial", examples=["2026-11-01"])
    ]
    end: Annotated[
        AnyDay, Field(description="Last day, at most 366 days on: Data consulta final", examples=["2026-11-30"])
    ]
    integration_id: IntegrationId | None = None
    report: Annotated[
        Code | None, Field(description="Type of inquiry: a report", examples=["RELATORIO_BASICO_PF_PME"])
    ] = None
    branch_id: BranchId | None = None
    requested_by: Annotated[
        Name | None, Field(description="Who asked, exactly as recorded", examples=["ana.souza"])
    ] = None


class ReportInquiries(InquiryFilters):
    """Query of ``GET /api/v1/bureau_inquiries_report``."""

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


class ExportedReport(InquiryFilters):
    """What the file shall hold."""

    cursor: Annotated[Cursor, Field(description="next_cursor of the file before: what it did not come to")] = None
    format: Annotated[Literal["csv", "xlsx"], Field(description="Kind of file", examples=["xlsx"])]


class ExportInquiries(Request):
    """Body of ``POST /api/v1/bureau_inquiries_report/files``."""

    report: ExportedReport
    idempotency_key: IdempotencyKey = None
