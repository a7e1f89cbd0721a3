"""POST /api/v1/vehicles: take a vehicle into the store's stock."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.vehicles.stock.requests import CreateVehicle
from lastro.vehicles.stock.views import StockVehicleAnswer
from lastro.vehicles.wiring import open_stock

stock = open_stock()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CreateVehicle, caller: Caller) -> StockVehicleAnswer:
    return stock.create(request, caller)
