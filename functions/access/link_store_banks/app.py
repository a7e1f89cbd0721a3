"""GET /api/v1/stores/{store_id}/persist_cnpj_bank_credentials: link a store to every bank."""

from lastro.access.stores.requests import FindStore
from lastro.access.stores.views import IntegratedBankList
from lastro.access.wiring import open_stores
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

stores = open_stores()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindStore, caller: Caller) -> IntegratedBankList:
    return stores.link_banks(request, caller)
