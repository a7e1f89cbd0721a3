"""GET /api/v1/api_keys: the API keys of the partner, those that ended too; never the keys themselves.

Who is bound to stores, a panel or reading sees its own key alone.
"""

from __future__ import annotations

from lastro.access.credentials.views import ApiKeyList
from lastro.access.wiring import open_api_keys
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

api_keys = open_api_keys()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(caller: Caller) -> ApiKeyList:
    return api_keys.list_keys(caller)
