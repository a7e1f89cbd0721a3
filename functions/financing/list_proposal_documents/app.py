"""GET /api/v1/proposals/{proposal_id}/documents: the documents of a proposal, and those that banks wait for."""

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.documents.views import DocumentList
from lastro.financing.proposals.requests import FindProposal
from lastro.financing.wiring import open_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindProposal, caller: Caller) -> DocumentList:
    return reading.list_documents(request, caller)
