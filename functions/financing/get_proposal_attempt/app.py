"""GET /api/v1/proposals/{proposal_id}/proposal_attempts/{attempt_id}: one attempt."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import FindAttempt
from lastro.financing.wiring import open_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindAttempt, caller: Caller) -> Annotated[str, "lastro.financing.attempts.views.AttemptAnswer"]:
    return reading.find_attempt(request, caller)
