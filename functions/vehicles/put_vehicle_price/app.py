"""PUT /api/v1/vehicle_prices/{vehicle_model_id}: put the store's prices of a model."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.prices.requests import PutPrice
from lastro.vehicles.prices.views import VehiclePriceAnswer
from lastro.vehicles.wiring import open_prices

prices = open_prices()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: PutPrice, caller: Caller) -> VehiclePriceAnswer:
    return prices.put(request, caller)
