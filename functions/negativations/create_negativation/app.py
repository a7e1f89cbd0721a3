"""POST /api/v1/negativations: ask for one overdue boleto to be listed at the bureau of its branch."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import CreateListing
from lastro.negativations.listings.wiring import open_manual_listings

listings = open_manual_listings()


@endpoint(status=HTTPStatus.CREATED)
def handler(
    request: CreateListing, caller: Caller
) -> Annotated[str, "lastro.negativations.listings.views.ListingAnswer"]:
    return listings.create(request, caller)
