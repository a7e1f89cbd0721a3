"""GET /api/v1/proposals/{proposal_id}/leave_ownership: give a proposal back."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import FindProposal
from lastro.financing.wiring import open_acts
from lastro.kernel.callers.caller import Boundary, Caller

acts = open_acts()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindProposal, caller: Caller) -> Annotated[str, "lastro.financing.proposals.views.ProposalAnswer"]:
    return acts.give_back(request, caller)
