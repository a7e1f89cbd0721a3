"""PUT /api/v1/vehicles/{vehicle_id}: change what is sent of a vehicle; what is left out stays."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.stock.requests import UpdateVehicle
from lastro.vehicles.stock.views import StockVehicleAnswer
from lastro.vehicles.wiring import open_stock

stock = open_stock()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: UpdateVehicle, caller: Caller) -> StockVehicleAnswer:
    return stock.update(request, caller)
