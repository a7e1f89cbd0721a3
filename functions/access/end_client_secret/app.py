"""DELETE /api/v1/clients/{client_id}/secrets/{which}: let one of two secrets of a client enter no more.

previous: the one before. current: the new one; the one before takes its place again and has no end.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.access.requests import EndClientSecret
from lastro.access.wiring import open_client_secrets
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope

client_secrets = open_client_secrets()


@endpoint(status=HTTPStatus.NO_CONTENT, scopes=tuple(Scope), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: EndClientSecret, caller: Caller) -> None:
    client_secrets.end(request, caller)
