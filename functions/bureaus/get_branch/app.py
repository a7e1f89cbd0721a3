"""GET /api/v1/branches/{branch_id}: one unit of the partner."""

from lastro.aws.http import endpoint
from lastro.bureaus.requests.setup import FindBranch
from lastro.bureaus.views.setup import BranchAnswer
from lastro.bureaus.wiring import open_branches
from lastro.caller import Caller


@endpoint()
def handler(request: FindBranch, caller: Caller) -> BranchAnswer:
    return open_branches().show(request, caller)
