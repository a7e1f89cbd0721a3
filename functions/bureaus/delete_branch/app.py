"""DELETE /api/v1/branches/{branch_id}: forget a unit without an integration."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.requests import FindBranch
from lastro.bureaus.setup.wiring import open_branches
from lastro.kernel.callers.caller import Caller

branches = open_branches()


@endpoint(status=HTTPStatus.NO_CONTENT)
def handler(request: FindBranch, caller: Caller) -> None:
    branches.delete(request, caller)
