"""POST /api/v1/proposals/{proposal_id}/proposal_attempts: put one more offer to its bank."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import CreateAttempt
from lastro.financing.wiring import open_proposing
from lastro.kernel.callers.caller import Boundary, Caller

proposing = open_proposing()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CreateAttempt, caller: Caller) -> Annotated[str, "lastro.financing.attempts.views.AttemptAnswer"]:
    return proposing.add(request, caller)
