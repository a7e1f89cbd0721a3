"""POST /api/v1/proposals/{proposal_id}/documents: keep a document, to be handed in at the banks that wait for it."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.documents.views import DocumentAnswer
from lastro.financing.proposals.requests import AddDocument
from lastro.financing.wiring import open_documents
from lastro.kernel.callers.caller import Boundary, Caller

documents = open_documents()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: AddDocument, caller: Caller) -> DocumentAnswer:
    return documents.add(request, caller)
