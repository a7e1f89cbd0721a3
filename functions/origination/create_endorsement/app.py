"""POST /api/external/v2.1/proposals/{customerServiceNumber}/endorsements: endorse a disbursed CCB."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.endorsements.requests import CreateEndorsement
from lastro.origination.endorsements.views import EndorsementAnswer
from lastro.origination.endorsements.wiring import open_endorsements

endorsements = open_endorsements()


@endpoint(
    status=HTTPStatus.CREATED,
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL, Scope.API_BU_CAAS),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: CreateEndorsement, caller: Caller) -> Annotated[str, EndorsementAnswer]:
    return endorsements.endorse(request, caller)
