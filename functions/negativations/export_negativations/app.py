"""POST /api/v1/negativations_report/files: the report of listings as CSV or XLSX, at a private address."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.reports.requests import ExportListings
from lastro.negativations.reports.views import ListingFileAnswer
from lastro.negativations.reports.wiring import open_listing_export

export = open_listing_export()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: ExportListings, caller: Caller) -> ListingFileAnswer:
    return export.export(request, caller)
