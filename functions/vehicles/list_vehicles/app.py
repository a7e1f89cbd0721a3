"""GET /api/v1/vehicles: what the store has for sale, page by page, without an envelope."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.stock.requests import ListVehicles
from lastro.vehicles.stock.views import StockVehicleList
from lastro.vehicles.wiring import open_stock

stock = open_stock()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListVehicles, caller: Caller) -> StockVehicleList:
    return stock.list(request, caller)
