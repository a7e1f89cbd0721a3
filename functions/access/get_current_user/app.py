"""GET /api/v1/users/current: the principal of the API key."""

from lastro.access.views import UserAnswer
from lastro.access.wiring import open_users
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

users = open_users()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(caller: Caller) -> UserAnswer:
    return users.show(caller)
