"""GET /api/v1/bulletins/{bulletin_id}/receipts: who read a bulletin and when first, newest first."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.bulletins.requests import ListReceipts
from lastro.customers.bulletins.views import ReceiptList
from lastro.customers.bulletins.wiring import open_publishing
from lastro.kernel.callers.caller import Boundary, Caller

publishing = open_publishing()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ListReceipts, caller: Caller) -> ReceiptList:
    return publishing.list_receipts(request, caller)
