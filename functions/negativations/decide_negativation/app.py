"""POST /api/v1/negativations/{negativation_id}/approval: agree to a listing, or not."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import DecideListing
from lastro.negativations.listings.wiring import open_listing_acts

acts = open_listing_acts()


@endpoint(status=HTTPStatus.CREATED)
def handler(
    request: DecideListing, caller: Caller
) -> Annotated[str, "lastro.negativations.listings.views.ListingAnswer"]:
    return acts.decide(request, caller)
