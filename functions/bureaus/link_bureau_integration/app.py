"""PUT /api/v1/branches/{branch_id}/bureau_integration: let a unit ask with an integration.

A unit has one integration at most; a second is refused.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.requests import LinkIntegration
from lastro.bureaus.setup.views import BranchAnswer
from lastro.bureaus.setup.wiring import open_branches
from lastro.kernel.callers.caller import Caller

branches = open_branches()


@endpoint()
def handler(request: LinkIntegration, caller: Caller) -> BranchAnswer:
    return branches.link(request, caller)
