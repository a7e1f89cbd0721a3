"""The smallest change of a flow that a rule approves: how many cents to move, from which payment, into which months.

Pure and exact. Cents are moved, never added: the flow keeps its sum. A cent costs the same wherever it goes.

What is due in each stretch of months after the change is sought. A plain cycle bounds its own stretch, a cumulative one
the sum up to its end. Walking through the stretches, the least cost of every sum so far is a convex function that is
linear in pieces, so each step is one merge of sorted slopes, and the walk back tells what every stretch gets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from heapq import merge

from lastro.approvals.evaluation.cycles import CycleOutcome, Stretch, divide_months, place_payments
from lastro.approvals.evaluation.flow import Flow, Payment
from lastro.approvals.rules.model import Cycle
from lastro.kernel.calendar import add_months
from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
class Move:
    """``amount_cents`` of the payment at ``from_payment`` (from 0) is to be due in ``to``."""

    from_payment: int
    to: Stretch
    amount_cents: int


@dataclass(frozen=True)
class _Cost:
    """A convex function of whole cents: defined from ``lowest`` on, for as long as its pieces reach.

    A piece is a slope and how many cents it holds for; slopes rise. Its height is of no interest.
    """

    lowest: int
    pieces: tuple[tuple[int, int], ...]

    @property
    def highest(self) -> int:
        return self.lowest + sum(length for _, length in self.pieces)

    def join(self, other: _Cost) -> _Cost:
        """The least cost of a sum of one argument of each."""
        return _Cost(self.lowest + other.lowest, tuple(merge(self.pieces, other.pieces)))

    def within(self, least: int, most: int) -> _Cost | None:
        """The same on fewer arguments; ``None`` when none is left."""
        drop, keep = max(0, least - self.lowest), min(most, self.highest) - max(least, self.lowest)
        if keep < 0:
            return None
        pieces = []
        for slope, length in self.pieces:
            dropped = min(drop, length)
            kept = min(keep, length - dropped)
            drop, keep = drop - dropped, keep - kept
            if kept:
                pieces.append((slope, kept))
        return _Cost(max(least, self.lowest), tuple(pieces))

    def own_part(self, total: int, other: _Cost) -> int:
        """This function's argument where the join of both is at ``total``. Of equal slopes its own come first."""
        left = total - self.lowest - other.lowest
        own = self.lowest
        pieces = [(slope, 0, length) for slope, length in self.pieces]
        pieces += [(slope, 1, length) for slope, length in other.pieces]
        for _, whose, length in sorted(pieces):
            taken = min(left, length)
            left -= taken
            own += taken if whose == 0 else 0
        return own


def find_smallest_change(cycles: Sequence[Cycle], flow: Flow, outcomes: Sequence[CycleOutcome]) -> list[Move] | None:
    """The moves with the fewest cents that make the flow approved, none for one that is; ``None`` when no move can.

    ``outcomes`` are those of the flow as it is. Among changes of the same size the one that leaves least outside every
    cycle. Payments are taken largest first, of equal ones the earliest: what is moved follows from the payments, not
    from their order.
    """
    if all(outcome.approved for outcome in outcomes):
        return []
    stretches = divide_months(cycles)
    placed = place_payments(flow, stretches)
    before = [sum(flow.payments[position].amount_cents for position in positions) for positions in placed]
    after = _distribute(stretches, cycles, outcomes, before)
    return None if after is None else _move(flow, stretches, placed, before, after)


def apply_moves(flow: Flow, moves: Sequence[Move]) -> Flow:
    """The flow after the moves: what is moved keeps its kind and is due on the first day of the months it goes to."""
    left = [payment.amount_cents for payment in flow.payments]
    moved = []
    for move in moves:
        left[move.from_payment] -= move.amount_cents
        due_date = add_months(flow.signed_on, move.to.first_month)
        moved.append(Payment(due_date, move.amount_cents, flow.payments[move.from_payment].kind))
    kept = (replace(payment, amount_cents=cents) for payment, cents in zip(flow.payments, left, strict=True) if cents)
    return replace(flow, payments=(*kept, *moved))


def _distribute(
    stretches: Sequence[Stretch], cycles: Sequence[Cycle], outcomes: Sequence[CycleOutcome], before: Sequence[int]
) -> list[int] | None:
    total = sum(before)
    inside = total + 1
    """Cost of a cent: enough that no preference between places outweighs one cent more."""
    steps: list[tuple[_Cost, _Cost]] = []
    so_far = _Cost(0, ())
    for stretch, amount in zip(stretches, before, strict=True):
        least, most = 0, total
        bounds = outcomes[stretch.cycle] if stretch.cycle is not None else None
        cumulative = stretch.cycle is not None and cycles[stretch.cycle].cumulative
        if bounds is not None and not cumulative:
            least, most = bounds.required_cents, _at_most(bounds, total)
        if least > most:
            return None
        nearest = max(least, min(amount, most))
        gained = (inside if bounds is not None else inside + 1, most - nearest)
        cost = _Cost(least, tuple(piece for piece in ((0, nearest - least), gained) if piece[1]))
        steps.append((so_far, cost))
        joined = so_far.join(cost).within(0, total)
        if joined is not None and bounds is not None and cumulative:
            joined = joined.within(bounds.required_cents, _at_most(bounds, total))
        if joined is None:
            return None
        so_far = joined
    if not so_far.lowest <= total <= so_far.highest:
        return None
    after = []
    left = total
    for earlier, cost in reversed(steps):
        before_it = earlier.own_part(left, cost)
        after.append(left - before_it)
        left = before_it
    return after[::-1]


def _at_most(bounds: CycleOutcome, total: int) -> int:
    return total if bounds.maximum_cents is None else min(total, bounds.maximum_cents)


def _move(
    flow: Flow,
    stretches: Sequence[Stretch],
    placed: Sequence[Sequence[int]],
    before: Sequence[int],
    after: Sequence[int],
) -> list[Move]:
    wanting = deque((to, new - old) for to, old, new in zip(stretches, before, after, strict=True) if new > old)
    moves = []
    for positions, old, new in zip(placed, before, after, strict=True):
        surplus = max(0, old - new)
        for position in sorted(positions, key=lambda at: _rank(flow, at)):
            available = min(surplus, flow.payments[position].amount_cents)
            surplus -= available
            while available:
                to, wanted = wanting.popleft()
                amount = min(available, wanted)
                moves.append(Move(position, to, amount))
                available -= amount
                if wanted > amount:
                    wanting.appendleft((to, wanted - amount))
            if not surplus:
                break
    return moves


def _rank(flow: Flow, position: int) -> tuple[int, int, int]:
    payment = flow.payments[position]
    return -payment.amount_cents, payment.due_date.toordinal(), position
