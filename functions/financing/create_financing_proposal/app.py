"""POST /api/v1/proposals: open a proposal and put its offers to their banks."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import CreateProposal
from lastro.financing.wiring import open_proposing
from lastro.kernel.callers.caller import Boundary, Caller

proposing = open_proposing()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(
    request: CreateProposal, caller: Caller
) -> Annotated[str, "lastro.financing.proposals.views.CompleteProposalAnswer"]:
    return proposing.create(request, caller)
