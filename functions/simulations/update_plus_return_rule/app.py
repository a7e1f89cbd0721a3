"""PATCH /api/v1/plus_return_rules/{rule_id}: change what is sent of a rule of returns; what is left out stays."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.returns.requests import UpdateReturnRule
from lastro.simulations.returns.views import ReturnRuleAnswer
from lastro.simulations.wiring import open_return_rules

rules = open_return_rules()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: UpdateReturnRule, caller: Caller) -> ReturnRuleAnswer:
    return rules.update(request, caller)
