"""POST /api/v1/sales: sell what an approved reservation holds."""

from http import HTTPStatus

from lastro.approvals.sales.requests import CreateSale
from lastro.approvals.sales.views import SaleAnswer
from lastro.approvals.wiring import open_selling
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

selling = open_selling()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateSale, caller: Caller) -> SaleAnswer:
    return selling.create(request, caller)
