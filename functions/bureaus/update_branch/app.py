"""PATCH /api/v1/branches/{branch_id}: change what is sent of a unit."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.requests import UpdateBranch
from lastro.bureaus.setup.views import BranchAnswer
from lastro.bureaus.setup.wiring import open_branches
from lastro.kernel.callers.caller import Caller

branches = open_branches()


@endpoint()
def handler(request: UpdateBranch, caller: Caller) -> BranchAnswer:
    return branches.update(request, caller)
