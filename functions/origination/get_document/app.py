"""GET /api/external/v2.1/proposals/{customerServiceNumber}/documents/{type}: one document with its bytes."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.documents.requests import GetDocument
from lastro.origination.wiring import open_document_reading
from lastro.origination.workstation.views import DocumentFile

documents = open_document_reading()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: GetDocument, caller: Caller) -> DocumentFile:
    return documents.show(request, caller)
