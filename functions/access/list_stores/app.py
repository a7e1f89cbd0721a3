"""GET /api/v1/stores: the caller's stores."""

from lastro.access.stores.views import StoreList
from lastro.access.wiring import open_access
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

access = open_access()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(caller: Caller) -> StoreList:
    return access.list_stores(caller)
