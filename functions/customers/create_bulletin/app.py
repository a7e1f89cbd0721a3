"""POST /api/v1/bulletins: put a bulletin on the board of the customers' portal.

Kind diversos reaches everybody with access to the portal, with or without a unit.
"""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.bulletins.requests import CreateBulletin
from lastro.customers.bulletins.views import BulletinAnswer
from lastro.customers.bulletins.wiring import open_publishing
from lastro.kernel.callers.caller import Boundary, Caller

publishing = open_publishing()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.PANEL,))
def handler(request: CreateBulletin, caller: Caller) -> BulletinAnswer:
    return publishing.create(request, caller)
