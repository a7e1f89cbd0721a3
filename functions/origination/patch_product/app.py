"""PATCH /api/external/v2.1/products/{product_id}: change a product.

What is left out stays, also inside a group. The whole is checked as if it were new and becomes the next version; what
was proposed before keeps its terms.
"""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.products.changes import PatchProduct
from lastro.origination.products.views import ProductAnswer
from lastro.origination.products.wiring import open_products

products = open_products()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_CAAS, Scope.API_BU_CAAS), keeps=(Boundary.PANEL,))
def handler(request: PatchProduct, caller: Caller) -> ProductAnswer:
    return products.patch(request, caller)
