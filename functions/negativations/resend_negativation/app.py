"""POST /api/v1/negativations/{negativation_id}/resend: send what the bureau refused once more."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import ResendListing
from lastro.negativations.listings.wiring import open_listing_acts

acts = open_listing_acts()


@endpoint(status=HTTPStatus.ACCEPTED)
def handler(
    request: ResendListing, caller: Caller
) -> Annotated[str, "lastro.negativations.listings.views.ListingAnswer"]:
    return acts.resend(request, caller)
