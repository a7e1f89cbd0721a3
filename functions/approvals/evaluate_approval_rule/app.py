"""POST /api/v1/approval_rules/{approval_rule_id}/evaluate: whether a payment flow meets a rule.

A refused flow is told the smallest change that would be approved. Nothing is kept.
"""

from lastro.approvals.evaluation.requests import EvaluateRule
from lastro.approvals.evaluation.views import EvaluationAnswer
from lastro.approvals.wiring import open_evaluation
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

evaluation = open_evaluation()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: EvaluateRule, caller: Caller) -> EvaluationAnswer:
    return evaluation.evaluate(request, caller)
