"""GET /api/v1/approval_authorities: all who approve, in the order in which they are asked."""

from lastro.approvals.authorities.views import AuthorityList
from lastro.approvals.wiring import open_authorities
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

authorities = open_authorities()


@endpoint()
def handler(caller: Caller) -> AuthorityList:
    return authorities.list(caller)
