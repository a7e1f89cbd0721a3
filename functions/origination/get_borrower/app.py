"""GET /api/external/v2/borrower: whether a person is registered, and whether calls about them are blocked."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.processes.requests import FindBorrower
from lastro.origination.processes.views import BorrowerView
from lastro.origination.wiring import open_reading

reading = open_reading()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindBorrower, caller: Caller) -> BorrowerView:
    return reading.find_borrower(request, caller)
