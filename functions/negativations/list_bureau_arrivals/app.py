"""GET /api/v1/bureau_arrivals: what bureaus told that belongs to no listing, and nobody has seen to."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.arrivals.requests import ListArrivals
from lastro.negativations.arrivals.views import ArrivalList
from lastro.negativations.arrivals.wiring import open_arrivals

arrivals = open_arrivals()


@endpoint()
def handler(request: ListArrivals, caller: Caller) -> ArrivalList:
    return arrivals.list_page(request, caller)
