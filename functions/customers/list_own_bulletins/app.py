"""GET /api/v1/portal/bulletins: the bulletins that reach one today, newest first."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.bulletins.requests import ListOwnBulletins
from lastro.customers.bulletins.views import OwnBulletinList
from lastro.customers.bulletins.wiring import open_board
from lastro.kernel.callers.caller import Caller

board = open_board()


@endpoint(people=True)
def handler(request: ListOwnBulletins, caller: Caller) -> OwnBulletinList:
    return board.list_page(request, caller)
