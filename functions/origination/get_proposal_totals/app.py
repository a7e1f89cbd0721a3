"""GET /api/external/v2.1/proposals/totals: how many proposals are in each status."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.wiring import open_workstation
from lastro.origination.workstation.views import StatusTotals

workstation = open_workstation()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(caller: Caller) -> StatusTotals:
    return workstation.count(caller)
