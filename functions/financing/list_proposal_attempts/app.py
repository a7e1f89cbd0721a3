"""GET /api/v1/proposals/{proposal_id}/proposal_attempts: every attempt of a proposal."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import FindProposal
from lastro.financing.wiring import open_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindProposal, caller: Caller) -> Annotated[str, "lastro.financing.attempts.views.AttemptList"]:
    return reading.list_attempts(request, caller)
