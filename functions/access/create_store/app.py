"""POST /api/v1/stores: open a store of the partner."""

from http import HTTPStatus

from lastro.access.stores.requests import CreateStore
from lastro.access.stores.views import StoreAnswer
from lastro.access.wiring import open_stores
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

stores = open_stores()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateStore, caller: Caller) -> StoreAnswer:
    return stores.create(request, caller)
