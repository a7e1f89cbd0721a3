"""Whether a flow meets the cycles of a rule, cycle by cycle, and by how much. Pure and exact."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from lastro.approvals.evaluation.flow import Flow
from lastro.approvals.rules.model import Cycle
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import EXACT


@dataclass(frozen=True)
class Stretch:
    """Months that are counted together: those of one cycle (``cycle`` is its place, from 0), or those of none.

    ``last_month`` of the stretch behind the last cycle is ``None``.
    """

    first_month: int
    last_month: int | None
    cycle: int | None


@dataclass(frozen=True)
class CycleOutcome:
    """What one cycle asks and what was found, in cents; ``payments`` are positions in the flow, from 0.

    ``maximum_cents`` is ``None`` for a cycle without one. ``missing_cents`` and ``excess_cents`` are how far it is from
    its bounds, zero within them.
    """

    required_cents: int
    maximum_cents: int | None
    found_cents: int
    payments: tuple[int, ...]

    @property
    def missing_cents(self) -> int:
        return max(0, self.required_cents - self.found_cents)

    @property
    def excess_cents(self) -> int:
        return max(0, self.found_cents - self.maximum_cents) if self.maximum_cents is not None else 0

    @property
    def approved(self) -> bool:
        return not self.missing_cents and not self.excess_cents


def least_cents(percent: Decimal, total_cents: int) -> int:
    """The smallest whole amount that is at least ``percent`` of the total."""
    return int(_share(percent, total_cents).to_integral_value(ROUND_CEILING))


def most_cents(percent: Decimal, total_cents: int) -> int:
    """The largest whole amount that is at most ``percent`` of the total."""
    return int(_share(percent, total_cents).to_integral_value(ROUND_FLOOR))


def _share(percent: Decimal, total_cents: int) -> Decimal:
    # Twelve digits of cents by nine of a percentage: far inside 34 digits, so nothing is rounded here.
    return EXACT.multiply(percent, Decimal(total_cents)).scaleb(-2)


def divide_months(cycles: Sequence[Cycle]) -> list[Stretch]:
    """All months from the signing on, in order, divided into those of each cycle and those between them."""
    stretches = []
    following = 0
    for place, cycle in enumerate(cycles):
        if cycle.start_month > following:
            stretches.append(Stretch(following, cycle.start_month - 1, None))
        stretches.append(Stretch(cycle.start_month, cycle.end_month, place))
        following = cycle.end_month + 1
    return [*stretches, Stretch(following, None, None)]


def place_payments(flow: Flow, stretches: Sequence[Stretch]) -> list[list[int]]:
    """The positions of the payments that are due in each stretch. No payment is due before the signing."""
    ends = [stretch.last_month for stretch in stretches if stretch.last_month is not None]
    placed: list[list[int]] = [[] for _ in stretches]
    for position, month in enumerate(flow.months()):
        placed[bisect_left(ends, month)].append(position)
    return placed


def evaluate(cycles: Sequence[Cycle], flow: Flow) -> list[CycleOutcome]:
    """Each cycle's outcome; a flow is approved when all of them are. The order of payments does not matter."""
    stretches = divide_months(cycles)
    so_far: list[int] = []
    outcomes = []
    for stretch, within in zip(stretches, place_payments(flow, stretches), strict=True):
        so_far += within
        if stretch.cycle is None:
            continue
        cycle = cycles[stretch.cycle]
        counted = sorted(so_far) if cycle.cumulative else within
        maximum = cycle.maximum_percent
        outcomes.append(
            CycleOutcome(
                required_cents=least_cents(cycle.minimum_percent, flow.total_cents),
                maximum_cents=None if maximum is None else most_cents(maximum, flow.total_cents),
                found_cents=sum(flow.payments[position].amount_cents for position in counted),
                payments=tuple(counted),
            )
        )
    return outcomes
