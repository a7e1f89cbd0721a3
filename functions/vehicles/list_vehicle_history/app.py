"""GET /api/v1/vehicles/{vehicle_id}/history: everything that was done to a vehicle, oldest first."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.stock.requests import FindVehicle
from lastro.vehicles.stock.views import StockHistory
from lastro.vehicles.wiring import open_stock

stock = open_stock()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindVehicle, caller: Caller) -> StockHistory:
    return stock.tell_history(request, caller)
