"""PUT /api/v1/approval_rules/{approval_rule_id}: put all of a rule anew, as its next version."""

from lastro.approvals.rules.requests import ReplaceRule
from lastro.approvals.rules.views import RuleAnswer
from lastro.approvals.wiring import open_rules
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

rules = open_rules()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ReplaceRule, caller: Caller) -> RuleAnswer:
    return rules.replace(request, caller)
