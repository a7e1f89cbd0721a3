"""GET /api/v1/users/current: the principal of the API key."""

from lastro.access.views import UserAnswer
from lastro.access.wiring import access
from lastro.aws.http import endpoint
from lastro.kernel.caller import Caller


@endpoint()
def handler(caller: Caller) -> UserAnswer:
    return access().show_user(caller)
