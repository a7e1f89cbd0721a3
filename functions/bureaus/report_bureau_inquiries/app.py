"""GET /api/v1/bureau_inquiries_report: Consultas de análise de crédito, with totals and cost."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.inquiries.requests import ReportInquiries
from lastro.bureaus.statistics.wiring import open_statistics
from lastro.kernel.callers.caller import Boundary, Caller

statistics = open_statistics()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(
    request: ReportInquiries, caller: Caller
) -> Annotated[str, "lastro.bureaus.inquiries.views.InquiryReportAnswer"]:
    return statistics.read(request, caller)
