"""POST /api/external/v2.1/process/simple_signup: register a person.

The analysis follows; a callback tells its result.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.processes.views import ProcessHeader
from lastro.origination.signups.requests import SimpleSignup
from lastro.origination.wiring import open_signups

signups = open_signups()


@endpoint(
    status=HTTPStatus.CREATED,
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL,),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: SimpleSignup, caller: Caller) -> Annotated[str, ProcessHeader]:
    return signups.sign_up(request, caller)
