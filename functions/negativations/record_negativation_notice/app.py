"""POST /api/v1/negativations/{negativation_id}/notices: a notice of the bureau to the debtor went out."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import RecordNotice
from lastro.negativations.listings.wiring import open_notice_recording

recording = open_notice_recording()


@endpoint()
def handler(
    request: RecordNotice, caller: Caller
) -> Annotated[str, "lastro.negativations.listings.views.ListingAnswer"]:
    return recording.record(request, caller)
