"""GET /api/v1/vehicles/{vehicle_id}: one of the store's vehicles, for sale or not."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.stock.requests import FindVehicle
from lastro.vehicles.stock.views import StockVehicleAnswer
from lastro.vehicles.wiring import open_stock

stock = open_stock()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindVehicle, caller: Caller) -> StockVehicleAnswer:
    return stock.find(request, caller)
