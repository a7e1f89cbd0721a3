"""GET /api/v1/bureau_inquiries/{inquiry_id}: an inquiry with its normalised result."""

from typing import Annotated

from lastro.aws.http import endpoint
from lastro.bureaus.requests.reading import FindInquiry
from lastro.bureaus.views.inquiries import InquiryAnswer
from lastro.bureaus.wiring import open_reading
from lastro.caller import Caller


@endpoint()
def handler(request: FindInquiry, caller: Caller) -> Annotated[str, InquiryAnswer]:
    return open_reading().read(request, caller)
