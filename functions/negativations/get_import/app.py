"""GET /api/v1/imports/{import_id}: how far an import is, and its file of errors."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.imports.requests import FindImport
from lastro.negativations.imports.views import ImportAnswer
from lastro.negativations.imports.wiring import open_import_reading

import_reading = open_import_reading()


@endpoint()
def handler(request: FindImport, caller: Caller) -> ImportAnswer:
    return import_reading.show(request, caller)
