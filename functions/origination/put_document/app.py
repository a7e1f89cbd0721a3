"""PUT /api/external/v2/process/document/{id}: hand in one document of a proposal."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.documents.requests import PutDocument
from lastro.origination.processes.views import DocumentView
from lastro.origination.wiring import open_documents

documents = open_documents()


@endpoint(
    status=HTTPStatus.CREATED,
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL,),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: PutDocument, caller: Caller) -> DocumentView:
    return documents.put(request, caller)
