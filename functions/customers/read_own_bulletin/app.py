"""POST /api/v1/portal/bulletins/{bulletin_id}/read: read a bulletin; the first time is kept as its receipt."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.bulletins.requests import NameBulletin
from lastro.customers.bulletins.views import OwnBulletinAnswer
from lastro.customers.bulletins.wiring import open_board
from lastro.kernel.callers.caller import Caller

board = open_board()


@endpoint(people=True)
def handler(request: NameBulletin, caller: Caller) -> OwnBulletinAnswer:
    return board.read(request, caller)
