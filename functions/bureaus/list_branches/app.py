"""GET /api/v1/branches: every unit of the partner."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.views import BranchList
from lastro.bureaus.setup.wiring import open_branches
from lastro.kernel.callers.caller import Boundary, Caller

branches = open_branches()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(caller: Caller) -> BranchList:
    return branches.list(caller)
