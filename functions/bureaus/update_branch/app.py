"""PATCH /api/v1/branches/{branch_id}: change what is sent of a unit."""

from lastro.aws.http import endpoint
from lastro.bureaus.requests.setup import UpdateBranch
from lastro.bureaus.views.setup import BranchAnswer
from lastro.bureaus.wiring import open_branches
from lastro.caller import Caller


@endpoint()
def handler(request: UpdateBranch, caller: Caller) -> BranchAnswer:
    return open_branches().update(request, caller)
