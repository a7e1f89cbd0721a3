"""GET /api/external/v2.1/proposals/{customerServiceNumber}/endorsements: a CCB's chain, oldest first."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.endorsements.requests import ListEndorsements
from lastro.origination.endorsements.views import EndorsementList
from lastro.origination.endorsements.wiring import open_endorsements

endorsements = open_endorsements()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: ListEndorsements, caller: Caller) -> EndorsementList:
    return endorsements.list(request, caller)
