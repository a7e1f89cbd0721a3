"""GET /api/v1/bureau_inquiries: the partner's inquiries, newest first."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.inquiries.requests import ListInquiries
from lastro.bureaus.wiring import open_inquiry_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_inquiry_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListInquiries, caller: Caller) -> Annotated[str, "lastro.bureaus.inquiries.views.InquiryList"]:
    return reading.list_page(request, caller)
