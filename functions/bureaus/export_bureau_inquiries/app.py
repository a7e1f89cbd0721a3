"""POST /api/v1/bureau_inquiries_report/files: the report as CSV or XLSX, at a private address."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.inquiries.requests import ExportInquiries
from lastro.bureaus.statistics.wiring import open_export
from lastro.kernel.callers.caller import Boundary, Caller

export = open_export()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(
    request: ExportInquiries, caller: Caller
) -> Annotated[str, "lastro.bureaus.inquiries.views.ReportFileAnswer"]:
    return export.export(request, caller)
