"""GET /api/v1/vehicles/chassi_code/{chassi_code}: the vehicle for sale with this chassis number."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.stock.requests import FindByChassi
from lastro.vehicles.stock.views import StockVehicleAnswer
from lastro.vehicles.wiring import open_stock

stock = open_stock()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindByChassi, caller: Caller) -> StockVehicleAnswer:
    return stock.find_by_chassi(request, caller)
