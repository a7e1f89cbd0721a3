"""GET /api/v1/branches: every unit of the partner."""

from lastro.aws.http import endpoint
from lastro.bureaus.views.setup import BranchList
from lastro.bureaus.wiring import open_branches
from lastro.caller import Caller


@endpoint()
def handler(caller: Caller) -> BranchList:
    return open_branches().list(caller)
