"""POST /api/v1/clients/{client_id}/secrets: a new secret for a client; the one before enters until a chosen end.

Shown this once. The one before enters for overlap_hours: 24, at most 168. Tokens in use stay valid. If the answer was
lost, end the current secret, so that the one before takes its place again, and ask for another.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.access.credentials.views import NewClientSecret
from lastro.access.requests import ReplaceClientSecret
from lastro.access.wiring import open_client_secrets
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope

client_secrets = open_client_secrets()


@endpoint(status=HTTPStatus.CREATED, scopes=tuple(Scope), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ReplaceClientSecret, caller: Caller) -> NewClientSecret:
    return client_secrets.replace(request, caller)
