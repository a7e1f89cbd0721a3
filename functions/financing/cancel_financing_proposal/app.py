"""DELETE /api/v1/proposals/{proposal_id}: drop a proposal, at its banks too."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import CancelProposal
from lastro.financing.wiring import open_acts
from lastro.kernel.callers.caller import Boundary, Caller

acts = open_acts()


@endpoint(status=HTTPStatus.NO_CONTENT, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CancelProposal, caller: Caller) -> None:
    acts.cancel(request, caller)
