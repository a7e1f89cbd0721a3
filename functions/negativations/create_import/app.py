"""POST /api/v1/imports: begin an import of debtors and boletos from a file."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.imports.requests import CreateImport
from lastro.negativations.imports.views import ImportAnswer
from lastro.negativations.imports.wiring import open_imports

imports = open_imports()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateImport, caller: Caller) -> ImportAnswer:
    return imports.create(request, caller)
