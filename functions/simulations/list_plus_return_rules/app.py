"""GET /api/v1/plus_return_rules: the store's rules of returns, without an envelope."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.returns.views import ReturnRuleList
from lastro.simulations.wiring import open_return_rules

rules = open_return_rules()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(caller: Caller) -> ReturnRuleList:
    return rules.list(caller)
