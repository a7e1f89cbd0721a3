"""POST /api/v1/api_keys: a new API key of the partner, shown this once.

Bound to stores, a panel or reading as asked for, else to nothing. If the answer was lost, the list shows the key:
revoke it and make another.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.access.credentials.views import CreatedApiKey
from lastro.access.requests import CreateApiKey
from lastro.access.wiring import open_credentials
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

credentials = open_credentials()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateApiKey, caller: Caller) -> CreatedApiKey:
    return credentials.create_key(request, caller)
