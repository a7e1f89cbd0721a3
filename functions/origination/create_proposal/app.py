"""POST /api/external/v2.1/process/proposal/{id}: propose credits for a registered person.

The analysis follows; status and callbacks tell its result.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.processes.views import ProcessView
from lastro.origination.proposals.requests import CreateProposal
from lastro.origination.wiring import open_proposals

proposals = open_proposals()


@endpoint(
    status=HTTPStatus.CREATED,
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL,),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: CreateProposal, caller: Caller) -> Annotated[str, ProcessView]:
    return proposals.propose(request, caller)
