"""POST /api/v1/negativations/{negativation_id}/removal: ask for the record to come down."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import RemoveListing
from lastro.negativations.listings.wiring import open_listing_acts

acts = open_listing_acts()


@endpoint(status=HTTPStatus.ACCEPTED)
def handler(
    request: RemoveListing, caller: Caller
) -> Annotated[str, "lastro.negativations.listings.views.ListingAnswer"]:
    return acts.remove(request, caller)
