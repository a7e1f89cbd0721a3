"""GET /api/v1/stores: the caller's stores."""

from lastro.access.views import StoreList
from lastro.access.wiring import access
from lastro.aws.http import endpoint
from lastro.kernel.caller import Caller


@endpoint()
def handler(caller: Caller) -> StoreList:
    return access().list_stores(caller)
