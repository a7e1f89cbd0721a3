"""DELETE /panel/sessions: end the login that the cookie holds."""

from http import HTTPStatus

from lastro.access.staff.requests import EndSession
from lastro.access.wiring import open_staff_login
from lastro.aws.entrypoints.http import Reply, endpoint

login = open_staff_login()


@endpoint(status=HTTPStatus.NO_CONTENT, public=True)
def handler(request: EndSession) -> Reply:
    made = login.end(request)
    return Reply(made.body, HTTPStatus.NO_CONTENT, made.headers)
