"""GET /api/external/v2/process/status/{id}: the process with its proposals, as far as they got."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.processes.requests import GetStatus
from lastro.origination.processes.views import ProcessView
from lastro.origination.wiring import open_reading

reading = open_reading()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: GetStatus, caller: Caller) -> ProcessView:
    return reading.show_status(request, caller)
