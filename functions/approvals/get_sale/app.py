"""GET /api/v1/sales/{sale_id}: one sale with its payment flow."""

from lastro.approvals.sales.requests import FindSale
from lastro.approvals.sales.views import SaleAnswer
from lastro.approvals.wiring import open_sale_reading
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

reading = open_sale_reading()


@endpoint()
def handler(request: FindSale, caller: Caller) -> SaleAnswer:
    return reading.show(request, caller)
