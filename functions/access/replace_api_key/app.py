"""POST /api/v1/api_keys/{key_id}/replacement: a new API key in the place of one that stays valid until a chosen end.

Shown this once. The one before ends after overlap_hours: 24, at most 168; 0 ends it at once. If the answer was lost,
revoke the new key, which the list shows as replaced_by, and replace again.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.access.credentials.views import NewApiKey
from lastro.access.requests import ReplaceApiKey
from lastro.access.wiring import open_api_keys
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

api_keys = open_api_keys()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ReplaceApiKey, caller: Caller) -> NewApiKey:
    return api_keys.replace(request, caller)
