"""DELETE /api/v1/plus_return_rules/{rule_id}: end a rule of returns."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.returns.requests import DeleteReturnRule
from lastro.simulations.wiring import open_return_rules

rules = open_return_rules()


@endpoint(status=HTTPStatus.NO_CONTENT, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: DeleteReturnRule, caller: Caller) -> None:
    rules.delete(request, caller)
