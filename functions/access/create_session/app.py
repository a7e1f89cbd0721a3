"""POST /panel/sessions: log in to the panel with an e-mail address and a password."""

from http import HTTPStatus

from lastro.access.staff.requests import CreateSession
from lastro.access.wiring import open_staff_login
from lastro.aws.entrypoints.http import Reply, endpoint
from lastro.kernel.callers.caller import Source

login = open_staff_login()


@endpoint(status=HTTPStatus.OK, public=True)
def handler(request: CreateSession, source: Source) -> Reply:
    made = login.create(request, source)
    return Reply(made.body, HTTPStatus.OK, made.headers)
