"""GET /api/v1/vehicle_prices/{vehicle_model_id}/history: every price that the store gave a model."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.prices.requests import FindPrice
from lastro.vehicles.prices.views import PriceHistory
from lastro.vehicles.wiring import open_prices

prices = open_prices()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindPrice, caller: Caller) -> PriceHistory:
    return prices.tell_history(request, caller)
