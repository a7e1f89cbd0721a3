"""GET /api/v1/users/proposals_filter_list: who sells in a store."""

from lastro.access.stores.requests import ListSellers
from lastro.access.views import UserList
from lastro.access.wiring import open_users
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

users = open_users()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListSellers, caller: Caller) -> UserList:
    return users.list_sellers(request, caller)
