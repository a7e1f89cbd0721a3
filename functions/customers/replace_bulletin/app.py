"""PUT /api/v1/bulletins/{bulletin_id}: change all of a bulletin.

Who read it has read it. Without starts_on it begins when it did.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.bulletins.requests import ReplaceBulletin
from lastro.customers.bulletins.views import BulletinAnswer
from lastro.customers.bulletins.wiring import open_publishing
from lastro.kernel.callers.caller import Boundary, Caller

publishing = open_publishing()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ReplaceBulletin, caller: Caller) -> BulletinAnswer:
    return publishing.replace(request, caller)
