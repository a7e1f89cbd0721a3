"""GET /api/external/v2.1/proposals/{customerServiceNumber}/disbursement: where the money of a contract is."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.disbursements.requests import GetDisbursement
from lastro.origination.disbursements.views import DisbursementAnswer
from lastro.origination.disbursements.wiring import open_disbursements

disbursements = open_disbursements()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: GetDisbursement, caller: Caller) -> DisbursementAnswer:
    return disbursements.show(request, caller)
