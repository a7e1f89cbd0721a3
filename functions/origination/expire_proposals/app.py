"""POST /api/external/v2.1/process/expire_proposals/{id}: expire the unsigned proposals of a process.

It may then propose anew.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.processes.requests import ExpireProposals
from lastro.origination.processes.views import ProcessHeader
from lastro.origination.wiring import open_expiry

expiry = open_expiry()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ExpireProposals, caller: Caller) -> ProcessHeader:
    return expiry.expire(request, caller)
