"""GET /api/v1/negativations_report: Negativações de crédito, with totals, twelve months and reasons of removal."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.reports.requests import ReportListings
from lastro.negativations.reports.views import ListingReport
from lastro.negativations.reports.wiring import open_listing_reports

reports = open_listing_reports()


@endpoint()
def handler(request: ReportListings, caller: Caller) -> ListingReport:
    return reports.read(request, caller)
