"""GET /api/external/v2.1/proposals: proposals of the partner, newest first.

Filters may be combined; `next` of a page is the `cursor` of the one after.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.wiring import open_workstation
from lastro.origination.workstation.requests import ListProposals
from lastro.origination.workstation.views import ProposalPage

workstation = open_workstation()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: ListProposals, caller: Caller) -> ProposalPage:
    return workstation.list_page(request, caller)
