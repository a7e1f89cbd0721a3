"""GET /api/v1/approval_rules: the partner's rules, page by page."""

from lastro.approvals.rules.requests import ListRules
from lastro.approvals.rules.views import RuleList
from lastro.approvals.wiring import open_rules
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

rules = open_rules()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListRules, caller: Caller) -> RuleList:
    return rules.list(request, caller)
