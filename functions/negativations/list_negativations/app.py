"""GET /api/v1/negativations: the partner's listings, newest first."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import ListListings
from lastro.negativations.listings.wiring import open_listing_reading

reading = open_listing_reading()


@endpoint()
def handler(request: ListListings, caller: Caller) -> Annotated[str, "lastro.negativations.listings.views.ListingList"]:
    return reading.list_page(request, caller)
