"""GET /api/v1/proposals/{proposal_id}: one proposal with its attempts."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import FindProposal
from lastro.financing.wiring import open_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindProposal, caller: Caller) -> Annotated[str, "lastro.financing.proposals.views.ProposalAnswer"]:
    return reading.find(request, caller)
