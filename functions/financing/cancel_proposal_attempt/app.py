"""DELETE /api/v1/proposals/{proposal_id}/proposal_attempts/{attempt_id}: drop one attempt, at its bank too."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import CancelAttempt
from lastro.financing.wiring import open_acts
from lastro.kernel.callers.caller import Boundary, Caller

acts = open_acts()


@endpoint(status=HTTPStatus.NO_CONTENT, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CancelAttempt, caller: Caller) -> None:
    acts.cancel_attempt(request, caller)
