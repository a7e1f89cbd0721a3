"""POST /api/v1/portal/tokens: a further access token of a login that goes on, for twelve hours."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.logins.requests import RefreshLogin
from lastro.customers.portal.logins.views import SessionAnswer
from lastro.customers.portal.logins.wiring import open_confirming

confirming = open_confirming()


@endpoint(public=True)
def handler(request: RefreshLogin) -> SessionAnswer:
    return confirming.refresh(request)
