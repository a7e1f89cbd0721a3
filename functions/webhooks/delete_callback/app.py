"""DELETE /api/external/v2.1/callback: have no more notices sent.

What is not delivered yet ends as not delivered; a new PUT starts with the next change. The secrets of the callback are
wiped; the signing secret stays.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.kernel.callers.scopes import Scope
from lastro.webhooks.wiring import open_settings

settings = open_settings()


@endpoint(status=HTTPStatus.NO_CONTENT, invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,))
def handler(caller: Caller) -> None:
    settings.delete(caller)
