"""GET /api/v1/clients: the clients of /client/auth, never their secrets. A token sees its own client alone."""

from __future__ import annotations

from lastro.access.credentials.views import ClientList
from lastro.access.wiring import open_client_secrets
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope

client_secrets = open_client_secrets()


@endpoint(scopes=tuple(Scope), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(caller: Caller) -> ClientList:
    return client_secrets.list_clients(caller)
