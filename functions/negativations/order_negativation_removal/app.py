"""POST /api/v1/negativations/{negativation_id}/removal_orders: a court, or the debtor, says that it goes at once."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.listings.requests import OrderRemoval
from lastro.negativations.listings.wiring import open_listing_acts

acts = open_listing_acts()


@endpoint(status=HTTPStatus.ACCEPTED)
def handler(
    request: OrderRemoval, caller: Caller
) -> Annotated[str, "lastro.negativations.listings.views.ListingAnswer"]:
    return acts.order(request, caller)
