"""PUT /api/v1/proposals/{proposal_id}: change what is sent of a proposal; what is left out stays."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import UpdateProposal
from lastro.financing.wiring import open_acts
from lastro.kernel.callers.caller import Boundary, Caller

acts = open_acts()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(
    request: UpdateProposal, caller: Caller
) -> Annotated[str, "lastro.financing.proposals.views.ChangedProposalAnswer"]:
    return acts.update(request, caller)
