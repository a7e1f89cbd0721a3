"""POST /portal/sessions: tell the code of a login in the portal's own page, which keeps it in a cookie."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import Reply, endpoint
from lastro.customers.portal.logins.requests import CreatePortalSession
from lastro.customers.portal.logins.wiring import open_sessions

sessions = open_sessions()


@endpoint(status=HTTPStatus.OK, public=True)
def handler(request: CreatePortalSession) -> Reply:
    made = sessions.create(request)
    return Reply(made.body, HTTPStatus.OK, made.headers)
