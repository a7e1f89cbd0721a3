"""POST /api/v1/approval_rules: keep a rule for the payment flows of a development."""

from http import HTTPStatus

from lastro.approvals.rules.requests import CreateRule
from lastro.approvals.rules.views import RuleAnswer
from lastro.approvals.wiring import open_rules
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

rules = open_rules()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CreateRule, caller: Caller) -> RuleAnswer:
    return rules.create(request, caller)
