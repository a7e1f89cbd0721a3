"""DELETE /api/v1/clients/{client_id}: end a client of /client/auth and the tokens it holds.

A minute may pass until no call is accepted with them.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.access.requests import RevokeClient
from lastro.access.wiring import open_credentials
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

credentials = open_credentials()


@endpoint(status=HTTPStatus.NO_CONTENT)
def handler(request: RevokeClient, caller: Caller) -> None:
    credentials.revoke_client(request, caller)
