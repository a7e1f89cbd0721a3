"""PUT /api/external/v2.1/callback: say where your notices go.

Replaces what was said before. Every change of a process is posted there as the process itself, with the authentication
chosen here and a Standard Webhooks signature. The address must be public HTTPS; nothing secret is ever answered.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.kernel.callers.scopes import Scope
from lastro.webhooks.requests import PutCallback
from lastro.webhooks.views import CallbackView
from lastro.webhooks.wiring import open_settings

settings = open_settings()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,))
def handler(request: PutCallback, caller: Caller) -> CallbackView:
    return settings.put(request, caller)
