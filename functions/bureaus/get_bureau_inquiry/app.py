"""GET /api/v1/bureau_inquiries/{inquiry_id}: an inquiry with its normalised result."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.inquiries.requests import FindInquiry
from lastro.bureaus.wiring import open_inquiry_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_inquiry_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindInquiry, caller: Caller) -> Annotated[str, "lastro.bureaus.inquiries.views.InquiryAnswer"]:
    return reading.read(request, caller)
