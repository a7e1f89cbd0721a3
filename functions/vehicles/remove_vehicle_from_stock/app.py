"""PUT /api/v1/vehicles/{vehicle_id}/remove_from_stock: take a vehicle out of the stock."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.stock.requests import RemoveFromStock
from lastro.vehicles.stock.views import StockVehicleAnswer
from lastro.vehicles.wiring import open_stock

stock = open_stock()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: RemoveFromStock, caller: Caller) -> StockVehicleAnswer:
    return stock.remove(request, caller)
