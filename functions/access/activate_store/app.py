"""GET /api/v1/stores/{store_id}/activate: let a store take new simulations and proposals."""

from lastro.access.stores.requests import FindStore
from lastro.access.stores.views import StoreAnswer
from lastro.access.wiring import open_stores
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

stores = open_stores()


@endpoint()
def handler(request: FindStore, caller: Caller) -> StoreAnswer:
    return stores.switch(request, caller, active=True)
