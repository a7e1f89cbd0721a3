"""GET /api/external/v2.1/proposals/{customerServiceNumber}: one proposal with its status history and documents."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.wiring import open_workstation
from lastro.origination.workstation.requests import GetProposal
from lastro.origination.workstation.views import ProposalDetails

workstation = open_workstation()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: GetProposal, caller: Caller) -> ProposalDetails:
    return workstation.show(request, caller)
