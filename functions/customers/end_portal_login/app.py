"""POST /api/v1/portal/logout: end this login, at once and with all of its tokens."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.logins.wiring import open_leaving
from lastro.kernel.callers.caller import Caller

leaving = open_leaving()


@endpoint(status=HTTPStatus.NO_CONTENT, people=True)
def handler(caller: Caller) -> None:
    leaving.leave(caller)
