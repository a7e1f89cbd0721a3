"""POST /api/external/v2.1/proposals/{customerServiceNumber}/disbursement: send refused money to another account."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.disbursements.requests import RetryDisbursement
from lastro.origination.disbursements.views import DisbursementAnswer
from lastro.origination.disbursements.wiring import open_disbursements

disbursements = open_disbursements()


@endpoint(
    status=HTTPStatus.CREATED,
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: RetryDisbursement, caller: Caller) -> Annotated[str, DisbursementAnswer]:
    return disbursements.retry(request, caller)
