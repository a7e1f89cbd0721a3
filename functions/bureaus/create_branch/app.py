"""POST /api/v1/branches: add a unit of the partner."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.requests import CreateBranch
from lastro.bureaus.setup.views import BranchAnswer
from lastro.bureaus.setup.wiring import open_branches
from lastro.kernel.callers.caller import Caller

branches = open_branches()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateBranch, caller: Caller) -> BranchAnswer:
    return branches.create(request, caller)
