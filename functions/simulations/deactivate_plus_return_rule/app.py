"""GET /api/v1/plus_return_rules/{rule_id}/deactivate: let a rule of returns not count."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.returns.requests import FindReturnRule
from lastro.simulations.returns.views import ReturnRuleAnswer
from lastro.simulations.wiring import open_return_rules

rules = open_return_rules()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindReturnRule, caller: Caller) -> ReturnRuleAnswer:
    return rules.deactivate(request, caller)
