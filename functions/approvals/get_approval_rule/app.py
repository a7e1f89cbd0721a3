"""GET /api/v1/approval_rules/{approval_rule_id}: one rule, as it is or as it was."""

from lastro.approvals.rules.requests import FindRule
from lastro.approvals.rules.views import RuleAnswer
from lastro.approvals.wiring import open_rules
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

rules = open_rules()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindRule, caller: Caller) -> RuleAnswer:
    return rules.show(request, caller)
