"""POST /api/v1/proposals/{proposal_id}/comments: note something of a proposal."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import CommentProposal
from lastro.financing.records.views import ActivityAnswer
from lastro.financing.wiring import open_acts
from lastro.kernel.callers.caller import Boundary, Caller

acts = open_acts()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CommentProposal, caller: Caller) -> Annotated[str, ActivityAnswer]:
    return acts.comment(request, caller)
