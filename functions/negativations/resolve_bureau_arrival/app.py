"""POST /api/v1/bureau_arrivals/{arrival_id}/resolution: join what a bureau told to a listing, or dismiss it."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.arrivals.requests import ResolveArrival
from lastro.negativations.arrivals.views import ArrivalAnswer
from lastro.negativations.arrivals.wiring import open_resolving

resolving = open_resolving()


@endpoint()
def handler(request: ResolveArrival, caller: Caller) -> ArrivalAnswer:
    return resolving.resolve(request, caller)
