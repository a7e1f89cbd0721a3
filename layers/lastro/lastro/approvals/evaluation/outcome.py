"""A sale against a whole rule: its cycles, its checks, and the smallest change that approves it. Pure and exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lastro.approvals.evaluation.change import Move, apply_moves, find_smallest_change
from lastro.approvals.evaluation.cycles import CycleOutcome, evaluate
from lastro.approvals.evaluation.flow import Flow
from lastro.approvals.evaluation.sale import CheckOutcome, Facts, check_sale

if TYPE_CHECKING:
    from lastro.approvals.rules.model import ApprovalRule


@dataclass(frozen=True, slots=True)
class SaleOutcome:
    """What became of a flow by one version of a rule.

    ``smallest_change`` is empty for what is approved, and ``None`` where moving cents of the flow does not approve it.
    """

    rule_id: int
    rule_version: int
    flow: Flow
    cycles: tuple[CycleOutcome, ...]
    checks: tuple[CheckOutcome, ...]
    smallest_change: tuple[Move, ...] | None

    @property
    def approved(self) -> bool:
        return all(cycle.approved for cycle in self.cycles) and all(check.approved for check in self.checks)


def evaluate_sale(rule: ApprovalRule, flow: Flow, facts: Facts) -> SaleOutcome:
    """The outcome of each cycle and check. The change that meets the cycles is told only where the checks hold after
    it, what is moved being due on the first day of the months that it goes to.

    Raises ``ValueError`` when a fact is missing that a check wants (``find_missing_facts`` tells before).
    """
    cycles = evaluate(rule.cycles, flow)
    checks = check_sale(rule.checks, flow, facts)
    moves = find_smallest_change(rule.cycles, flow, cycles)
    if moves is not None:
        after = check_sale(rule.checks, apply_moves(flow, moves), facts) if moves else checks
        moves = moves if all(check.approved for check in after) else None
    change = None if moves is None else tuple(moves)
    return SaleOutcome(rule.id, rule.version, flow, tuple(cycles), tuple(checks), change)
