"""GET /api/external/v2.1/callback: where your notices go. Nothing secret is answered."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.kernel.callers.scopes import Scope
from lastro.webhooks.views import CallbackView
from lastro.webhooks.wiring import open_callback

callback = open_callback()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,))
def handler(caller: Caller) -> CallbackView:
    return callback.show(caller)
