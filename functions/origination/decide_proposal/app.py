"""POST /api/external/v2.1/proposals/{customerServiceNumber}/decision: approve or deny a flagged proposal.

Only a proposal in EM_ANALISE_MANUAL takes a decision, from somebody else than who proposed it. Approved, its contract
is generated.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.analysis.requests import DecideProposal
from lastro.origination.analysis.wiring import open_decision
from lastro.origination.processes.views import ProposalView

decision = open_decision()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: DecideProposal, caller: Caller) -> ProposalView:
    return decision.decide(request, caller)
