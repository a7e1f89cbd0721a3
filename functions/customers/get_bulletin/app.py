"""GET /api/v1/bulletins/{bulletin_id}: one bulletin, and where it is today."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.bulletins.requests import NameBulletin
from lastro.customers.bulletins.views import BulletinAnswer
from lastro.customers.bulletins.wiring import open_publishing
from lastro.kernel.callers.caller import Boundary, Caller

publishing = open_publishing()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: NameBulletin, caller: Caller) -> BulletinAnswer:
    return publishing.show(request, caller)
