"""GET /api/v1/bulletins: every bulletin there was on the board, newest first, page by page."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.bulletins.requests import ListBulletins
from lastro.customers.bulletins.views import BulletinList
from lastro.customers.bulletins.wiring import open_publishing
from lastro.kernel.callers.caller import Boundary, Caller

publishing = open_publishing()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ListBulletins, caller: Caller) -> BulletinList:
    return publishing.list(request, caller)
