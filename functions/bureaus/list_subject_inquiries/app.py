"""GET /api/v1/bureau_subjects/{subject_type}/{subject_id}/inquiries: the history of a client, lead or prospect."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.inquiries.requests import ListSubjectInquiries
from lastro.bureaus.wiring import open_inquiry_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_inquiry_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(
    request: ListSubjectInquiries, caller: Caller
) -> Annotated[str, "lastro.bureaus.inquiries.views.InquiryList"]:
    return reading.list_of_subject(request, caller)
