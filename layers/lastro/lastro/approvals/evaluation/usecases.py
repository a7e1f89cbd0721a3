"""Evaluating a payment flow by a rule. Nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.approvals.errors import RULE_NOT_FOUND
from lastro.approvals.evaluation.outcome import evaluate_sale
from lastro.approvals.evaluation.requests import EvaluateRule, read_flow
from lastro.approvals.evaluation.sale import find_missing_facts
from lastro.approvals.evaluation.views import EvaluationAnswer, show_evaluation
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from lastro.approvals.rules.store import RuleStore


@dataclass(frozen=True)
class Evaluation:
    """Flows against the partner's rules."""

    store: RuleStore

    def evaluate(self, request: EvaluateRule, caller: Caller) -> EvaluationAnswer:
        """The outcome by the rule as it is, or by the version named. Raises ``NotFound``, and ``InvalidInput``
        for a flow that cannot be and for facts of the sale that the rule checks and that are not sent.
        """
        flow = read_flow(request.flow)
        rule = self.store.find(caller.partner_id, request.approval_rule_id, request.version)
        if rule is None:
            raise RULE_NOT_FOUND()
        facts = request.flow.to_facts()
        missing = find_missing_facts(rule.checks, facts)
        if missing:
            raise InvalidInput(missing)
        return EvaluationAnswer(evaluation=show_evaluation(evaluate_sale(rule, flow, facts)))
