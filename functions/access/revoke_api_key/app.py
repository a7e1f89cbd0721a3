"""DELETE /api/v1/api_keys/{key_id}: end an API key at once, but the one of this call.

A minute may pass until no call is accepted with it.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.access.requests import RevokeApiKey
from lastro.access.wiring import open_api_keys
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

api_keys = open_api_keys()


@endpoint(status=HTTPStatus.NO_CONTENT, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: RevokeApiKey, caller: Caller) -> None:
    api_keys.revoke(request, caller)
