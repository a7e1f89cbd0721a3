"""PUT /api/v1/approval_authorities/{authority_name}: say how far a user may go when they approve."""

from lastro.approvals.authorities.requests import PutAuthority
from lastro.approvals.authorities.views import AuthorityAnswer
from lastro.approvals.wiring import open_authorities
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

authorities = open_authorities()


@endpoint()
def handler(request: PutAuthority, caller: Caller) -> AuthorityAnswer:
    return authorities.put(request, caller)
