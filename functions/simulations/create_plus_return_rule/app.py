"""POST /api/v1/plus_return_rules: make a rule of returns for the store."""

from http import HTTPStatus
from typing import Annotated

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.returns.requests import CreateReturnRule
from lastro.simulations.returns.views import ReturnRuleAnswer
from lastro.simulations.wiring import open_return_rules

rules = open_return_rules()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CreateReturnRule, caller: Caller) -> Annotated[str, ReturnRuleAnswer]:
    return rules.create(request, caller)
