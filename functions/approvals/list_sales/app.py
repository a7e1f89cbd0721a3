"""GET /api/v1/sales: sales page by page: all, or those that one customer holds."""

from lastro.approvals.sales.requests import ListSales
from lastro.approvals.sales.views import SaleList
from lastro.approvals.wiring import open_sale_reading
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

reading = open_sale_reading()


@endpoint()
def handler(request: ListSales, caller: Caller) -> SaleList:
    return reading.list_page(request, caller)
