"""GET /api/v1/branches/{branch_id}: one unit of the partner."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.requests import FindBranch
from lastro.bureaus.setup.views import BranchAnswer
from lastro.bureaus.setup.wiring import open_branches
from lastro.kernel.callers.caller import Boundary, Caller

branches = open_branches()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindBranch, caller: Caller) -> BranchAnswer:
    return branches.show(request, caller)
