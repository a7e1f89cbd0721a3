"""POST /api/external/client/auth: a token of 24 hours for a client's id and secret.

Three ways are read: JSON with ``client_id``, ``client_secret`` and ``scopes``; a form with
``grant_type=client_credentials``; and HTTP Basic with the scopes as JSON or as a form. Wrong logins beyond
twenty a minute from one address answer 429; right ones always enter.
"""

from http import HTTPStatus

from lastro.access.requests import CreateToken
from lastro.access.views import TokenView
from lastro.access.wiring import open_client_login
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Source

client_login = open_client_login()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, public=True)
def handler(request: CreateToken, source: Source) -> TokenView:
    return client_login.issue(request, source)
