"""GET /api/v1/vehicle_prices: the store's prices of models, page by page."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.prices.requests import ListPrices
from lastro.vehicles.prices.views import VehiclePriceList
from lastro.vehicles.wiring import open_prices

prices = open_prices()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListPrices, caller: Caller) -> VehiclePriceList:
    return prices.list(request, caller)
