"""GET /api/v1/bureau_inquiries/{inquiry_id}/download: a private address of the bureau's file or raw answer."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.inquiries.requests import DownloadInquiry
from lastro.bureaus.inquiries.wiring import open_files
from lastro.kernel.callers.caller import Boundary, Caller

files = open_files()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: DownloadInquiry, caller: Caller) -> Annotated[str, "lastro.bureaus.inquiries.views.FileAnswer"]:
    return files.link(request, caller)
