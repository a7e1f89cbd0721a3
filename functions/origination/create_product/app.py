"""POST /api/external/v2.1/products: define a credit product.

A product holds the bounds within which a credit may be asked for, its charges, who may borrow, the institution that
lends and what its contract says. Its number is used by no other partner.
"""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.products.requests import CreateProduct
from lastro.origination.products.views import ProductAnswer
from lastro.origination.products.wiring import open_products

products = open_products()


@endpoint(
    status=HTTPStatus.CREATED,
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_CAAS, Scope.API_BU_CAAS),
    keeps=(Boundary.PANEL,),
)
def handler(request: CreateProduct, caller: Caller) -> Annotated[str, ProductAnswer]:
    return products.create(request, caller)
