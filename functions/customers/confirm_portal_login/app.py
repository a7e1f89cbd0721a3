"""POST /api/v1/portal/logins/{login_id}/code: tell the code of a login, for tokens.

A code is good for ten minutes, five tries and one login.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.logins.requests import ConfirmCode
from lastro.customers.portal.logins.views import SessionAnswer
from lastro.customers.portal.logins.wiring import open_confirming

confirming = open_confirming()


@endpoint(public=True)
def handler(request: ConfirmCode) -> SessionAnswer:
    return confirming.confirm(request)
