"""POST /api/external/v2.1/contract/{customerServiceNumber}: the borrower's electronic acceptance."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.contracts.requests import SignContract
from lastro.origination.contracts.views import SignatureAnswer
from lastro.origination.contracts.wiring import open_signing

signing = open_signing()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: SignContract, caller: Caller) -> SignatureAnswer:
    return signing.sign(request, caller)
