"""POST /panel/sessions/renewal: another access token of the login that the cookie holds."""

from lastro.access.staff.requests import RenewSession
from lastro.access.staff.views import SessionView
from lastro.access.wiring import open_staff_login
from lastro.aws.entrypoints.http import endpoint

login = open_staff_login()


@endpoint(public=True)
def handler(request: RenewSession) -> SessionView:
    return login.renew(request)
