"""GET /api/v1/proposals: the store's proposals, newest first."""

from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import ListProposals
from lastro.financing.wiring import open_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListProposals, caller: Caller) -> Annotated[str, "lastro.financing.proposals.views.ProposalList"]:
    return reading.list_page(request, caller)
