"""A sale against a whole rule: its cycles, its checks, and the smallest change that approves it. Pure and exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from lastro.approvals.evaluation.change import Move, apply_moves, find_smallest_change
from lastro.approvals.evaluation.cycles import CycleOutcome, evaluate
from lastro.approvals.evaluation.flow import Flow
from lastro.approvals.evaluation.sale import RISKS, CheckOutcome, Facts, check_sale
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import EXACT

if TYPE_CHECKING:
    from lastro.approvals.rules.model import ApprovalRule


@dataclass(frozen=True)
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

    @property
    def blocked(self) -> bool:
        """Whether a risk is above its limit: nobody approves that."""
        return any(not check.approved for check in self.checks if check.name in RISKS)

    def met_percent(self) -> Decimal:
        """How much of what the rule asks is met: that of the cycle or check, risks aside, which is met least.

        Below a minimum it is what was found of it, above a maximum the maximum of what was found. From 0 to 100,
        rounded down to four places: 100 is exactly what is approved.
        """
        parts = [_part(cycle.found_cents, cycle.required_cents, cycle.maximum_cents) for cycle in self.cycles]
        for check in self.checks:
            if check.name not in RISKS:
                whole = Decimal(check.denominator * check.divided_by_cents)
                bounds = (check.minimum_percent, check.maximum_percent)
                least, most = (None if bound is None else EXACT.multiply(bound, whole) for bound in bounds)
                parts.append(_part(EXACT.multiply(check.numerator, Decimal(100)), least or 0, most))
        return Decimal(int(min(parts) * 10**6)).scaleb(-4)


def _part(found: int | Decimal, least: int | Decimal, most: int | Decimal | None) -> Fraction:
    if found < least:
        return Fraction(found) / Fraction(least)
    if most is not None and found > most:
        return Fraction(most) / Fraction(found)
    return Fraction(1)


def evaluate_sale(rule: ApprovalRule, flow: Flow, facts: Facts) -> SaleOutcome:
    """The outcome of each cycle and check. The change that meets the cycles is told only where the checks hold after
    it, what is moved being due on the first day of the months that it goes to.

    Raises ``ValueError`` when a fact is missing that a check wants (``find_missing_facts`` tells before).
    """
    cycles = evaluate(rule.cycles, flow)
    checks = check_sale(rule.checks, flow, facts)
    moves = find_smallest_change(rule.cycles, flow, cycles)
    if checks and moves is not None:
        after = check_sale(rule.checks, apply_moves(flow, moves), facts) if moves else checks
        moves = moves if all(check.approved for check in after) else None
    change = None if moves is None else tuple(moves)
    return SaleOutcome(rule.id, rule.version, flow, tuple(cycles), tuple(checks), change)
