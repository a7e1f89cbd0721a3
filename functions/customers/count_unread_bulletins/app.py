"""GET /api/v1/portal/unread_bulletins: how many of the bulletins that reach one today one did not read."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.bulletins.views import UnreadAnswer
from lastro.customers.bulletins.wiring import open_board
from lastro.kernel.callers.caller import Caller

board = open_board()


@endpoint(people=True)
def handler(caller: Caller) -> UnreadAnswer:
    return board.count(caller)
