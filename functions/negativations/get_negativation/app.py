"""GET /api/v1/negativations/{negativation_id}: a listing with everything that happened to it."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import FindListing
from lastro.negativations.listings.wiring import open_listing_reading

reading = open_listing_reading()


@endpoint()
def handler(
    request: FindListing, caller: Caller
) -> Annotated[str, "lastro.negativations.listings.views.ListingAnswer"]:
    return reading.show(request, caller)
