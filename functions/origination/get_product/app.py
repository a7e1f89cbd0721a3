"""GET /api/external/v2.1/products/{product_id}: a product as it is, or as an earlier version was."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.products.reading_requests import GetProduct
from lastro.origination.products.views import ProductAnswer
from lastro.origination.products.wiring import open_reading

reading = open_reading()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_CAAS, Scope.API_BU_CAAS), keeps=(Boundary.STORES, Boundary.PANEL)
)
def handler(request: GetProduct, caller: Caller) -> ProductAnswer:
    return reading.get(request, caller)
