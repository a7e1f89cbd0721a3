"""Processor time of an evaluation: ten cycles over 420 instalments: `python -m bench.approvals`.

A flow that is approved, one that is refused and told its smallest change, and cumulative cycles.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from bench.measuring.figures import print_result
from bench.measuring.machine import describe_machine
from lastro.approvals.evaluation.flow import Flow, Payment
from lastro.approvals.evaluation.outcome import evaluate_sale
from lastro.approvals.evaluation.sale import Facts
from lastro.approvals.rules.model import ApprovalRule, Cycle
from lastro.kernel.calendar import monthly_due_dates

INSTALMENTS, CYCLES = 420, 10
TARGET_MS = 1.0
SIGNED = date(2026, 1, 31)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
RUNS, TURNS = 50, 15


def make_rule(percent: str, *, cumulative: bool = False) -> ApprovalRule:
    """Ten cycles that cover all months, each with both bounds."""
    months = INSTALMENTS // CYCLES
    cycles = tuple(
        Cycle(
            number * months + 1,
            (number + 1) * months,
            Decimal(percent) * (number + 1 if cumulative else 1),
            Decimal(99),
            cumulative,
        )
        for number in range(CYCLES)
    )
    return ApprovalRule(1, "Fluxo", "Residencial", "Tabela", cycles, NOW, NOW)


def make_flow(*, uneven: bool = False) -> Flow:
    """Monthly instalments of one price; uneven ones leave every other cycle short."""
    days = monthly_due_dates(date(2026, 2, 28), INSTALMENTS)
    months = INSTALMENTS // CYCLES
    cents = [1_000_00 - 500_00 * (uneven and at // months % 2 == 0) + at for at in range(INSTALMENTS)]
    return Flow(SIGNED, sum(cents), tuple(map(Payment, days, cents)))


def best(act: Callable[[], object]) -> float:
    """The best of the turns, in milliseconds of processor time."""
    found = []
    for _ in range(TURNS):
        started = time.process_time()
        for _ in range(RUNS):
            act()
        found.append((time.process_time() - started) / RUNS)
    return min(found) * 1000


def main() -> int:
    """0 when it was measured."""
    approved, refused = make_rule("9"), make_rule("9.5")
    cumulative = make_rule("9.5", cumulative=True)
    even, uneven = make_flow(), make_flow(uneven=True)
    assert evaluate_sale(approved, even, Facts()).approved
    assert evaluate_sale(refused, uneven, Facts()).smallest_change
    assert evaluate_sale(cumulative, uneven, Facts()).smallest_change
    figures = {
        "approved": best(lambda: evaluate_sale(approved, even, Facts())),
        "refused_with_change": best(lambda: evaluate_sale(refused, uneven, Facts())),
        "cumulative_with_change": best(lambda: evaluate_sale(cumulative, uneven, Facts())),
    }
    worst = max(figures.values())
    targets = {"evaluation_ms": {"target": TARGET_MS, "measured": round(worst, 3), "met": worst < TARGET_MS}}
    print_result(
        {
            "targets": targets,
            "machine": describe_machine(),
            "milliseconds": {name: round(value, 3) for name, value in figures.items()},
        }
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
