"""POST /api/v1/clients: a new client of /client/auth, its secret shown this once.

Its tokens open the scopes that are named. If the answer was lost, the list shows the client: revoke it and make
another.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.access.credentials.views import CreatedClient
from lastro.access.requests import CreateClient
from lastro.access.wiring import open_credentials
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

credentials = open_credentials()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateClient, caller: Caller) -> CreatedClient:
    return credentials.create_client(request, caller)
