"""GET /api/v1/vehicles/license_plate/{license_plate_code}: the vehicle for sale with this plate, of either form."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.stock.requests import FindByPlate
from lastro.vehicles.stock.views import StockVehicleAnswer
from lastro.vehicles.wiring import open_stock

stock = open_stock()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindByPlate, caller: Caller) -> StockVehicleAnswer:
    return stock.find_by_plate(request, caller)
