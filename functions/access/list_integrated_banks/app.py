"""GET /api/v1/stores/{store_id}/integrated_banks: the banks of one store and whether each can be asked."""

from lastro.access.requests import ListIntegratedBanks
from lastro.access.stores.views import IntegratedBankList
from lastro.access.wiring import open_access
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

access = open_access()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListIntegratedBanks, caller: Caller) -> IntegratedBankList:
    return access.list_integrated_banks(request, caller)
