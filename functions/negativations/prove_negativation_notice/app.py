"""POST /api/v1/negativations/{negativation_id}/notices/{notice_id}/proof: it was posted, or it arrived."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import ProveNotice
from lastro.negativations.listings.wiring import open_notice_recording

recording = open_notice_recording()


@endpoint()
def handler(
    request: ProveNotice, caller: Caller
) -> Annotated[str, "lastro.negativations.listings.views.ListingAnswer"]:
    return recording.prove(request, caller)
