"""POST /portal/sessions/renewal: another access token of the login that the portal's cookie holds."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.logins.requests import RenewPortalSession
from lastro.customers.portal.logins.views import PageSessionView
from lastro.customers.portal.logins.wiring import open_sessions

sessions = open_sessions()


@endpoint(public=True)
def handler(request: RenewPortalSession) -> PageSessionView:
    return sessions.renew(request)
