"""GET /api/external/v2.1/contract/{customerServiceNumber}/signed: the contract as it was signed."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.contracts.reading_requests import GetContract
from lastro.origination.contracts.views import SignedContractView
from lastro.origination.contracts.wiring import open_reading

reading = open_reading()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: GetContract, caller: Caller) -> SignedContractView:
    return reading.read_signed(request, caller)
