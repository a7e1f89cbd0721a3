"""PUT /api/v1/proposals/{proposal_id}/proposal_attempts/{attempt_id}: the attempt as it is: banks alone change it."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import UpdateAttempt
from lastro.financing.wiring import open_acts
from lastro.kernel.callers.caller import Boundary, Caller

acts = open_acts()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: UpdateAttempt, caller: Caller) -> Annotated[str, "lastro.financing.attempts.views.AttemptView"]:
    return acts.update_attempt(request, caller)
