"""The discount factor that makes a series of future payments worth an amount today.

In ``y = -ln x`` the logarithm of the sum is convex and falls by the mean period of the payments, weighted by what they
are worth. So Newton's method converges from any start: after one step it climbs to the root from the left, needing no
bracket. Floating point goes almost all the way, from where an even flow would have its root; what it left is read off
one exact sum.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from operator import mul, sub

from lastro.kernel.money import exact_cents

_CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN)
_SETTLED = Context(prec=18, rounding=ROUND_HALF_EVEN)
_ROUGHLY_NEAR = 1e-3
"""Of the logarithm of the sum."""
_ROUGH_STEPS = 6
_STEEPEST = 500.0
"""No double holds the exponential of much more."""
_NEAR = 0.1
"""Steps of this part of the inverse of the width are told by a short series, wherever they begin."""
_DOUBLE = 1e-13
"""What the mean of many doubles is certain to."""
_LEFT_OUT = 1e-22
_MOST_STEPS = 100
_BITS = 128
_ONE = Decimal(1 << _BITS)


def discount_factor(present: int, payments: Sequence[tuple[int, int]]) -> Decimal:
    """Solve ``sum(value * x ** period) = present`` for the factor ``x`` of one period, exact to 20 decimals.

    ``present`` in cents, above zero. ``payments`` holds (period, cents) with periods of 1 or more in ascending order
    and values of zero or more, not all zero. Then exactly one factor exists; it exceeds 1 when the payments sum to less
    than ``present``. Raises ``ValueError`` when the payments break these rules and ``TypeError`` for a float.
    """
    return ordered_factor(present, [period for period, _ in payments], [value for _, value in payments])


def ordered_factor(present: int, periods: Sequence[int], values: Sequence[int]) -> Decimal:
    """``discount_factor`` of payments whose periods and cents come as two sequences of the same length."""
    if not _check(present, periods, values):
        paid = [(period, value) for period, value in zip(periods, values, strict=True) if value]
        periods, values = [period for period, _ in paid], [value for _, value in paid]
    exponent = _even_exponent(present, periods, values)
    goal = math.log(present)
    width = periods[-1] - periods[0]
    for _ in range(_MOST_STEPS):
        height, mean, bend, twist = _moments(exponent, periods, values)
        step = (height - goal) / mean
        if abs(step) * width > _NEAR:
            exponent += step
            continue
        second = step * bend / mean / 2
        step *= 1 + second + 2 * second * second - step * step * twist / mean / 6
        exponent += step
        factor, excess = _excess(exponent, present, periods, values)
        last = math.log1p(excess) / (mean - step * bend + step * step * twist / 2)
        # The mean was taken a step before: what its series leaves out is bounded by variance and width.
        unsure = _DOUBLE + abs(step) ** 3 * bend * width * width / mean / 6 + abs(last) * bend / mean
        if abs(last) * unsure <= _LEFT_OUT:
            # The exponential of so small a number has no third term that could be seen.
            return _CONTEXT.fma(factor, Decimal(last * (last / 2 - 1)), factor)
        exponent += last
    raise ValueError("no discount factor was found for these payments")


def settle(growth: Decimal) -> Decimal:
    """What one grows to by a factor found here, to the digits that are certain even after a year of days.

    A rate that is a number of few digits comes out as that number, so that its half goes to the even neighbour.
    """
    return _SETTLED.plus(growth)


def _even_exponent(present: int, periods: Sequence[int], values: Sequence[int]) -> float:
    """``-ln`` of the factor as if the same total came in even parts at even distances: a start, whatever became of it.

    By Halley's method on the closed form of such a flow.
    """
    count, first = len(values), periods[0]
    gap = (periods[-1] - first) / max(count - 1, 1)
    span = gap * count
    goal = math.log(present / sum(values))
    mean = (first + periods[-1]) / 2
    bend = gap * gap * (count * count - 1) / 12
    height = -goal
    exponent = 0.0
    for _ in range(_ROUGH_STEPS):
        exponent += height / max(mean - bend * height / mean / 2, mean / 2)
        if abs(height) <= _ROUGHLY_NEAR or not _ROUGHLY_NEAR < abs(exponent * span) < _STEEPEST:
            break
        one, all_ = math.expm1(exponent * gap), math.expm1(exponent * span)
        mean = first + gap / one - span / all_
        bend = gap * gap * (1 + one) / one / one - span * span * (1 + all_) / all_ / all_
        height = -exponent * first + math.log(math.expm1(-exponent * span) / math.expm1(-exponent * gap) / count) - goal
    return exponent


def _moments(exponent: float, periods: Sequence[float], values: Sequence[float]) -> tuple[float, float, float, float]:
    """The logarithm of the sum, and mean, variance and third central moment of the periods, weighted by worth."""
    # What the largest discount is divided by, so that no double overflows and not all of them vanish.
    scale = exponent * (periods[0] if exponent > 0 else periods[-1])
    exp = math.exp
    terms = [value * exp(scale - exponent * period) for period, value in zip(periods, values, strict=True)]
    worth = sum(terms)
    firsts = list(map(mul, terms, periods))
    mean = sum(firsts) / worth
    seconds = list(map(mul, firsts, periods))
    square = sum(seconds) / worth
    cube = sum(map(mul, seconds, periods)) / worth
    return math.log(worth) - scale, mean, square - mean * mean, cube - mean * (3 * square - 2 * mean * mean)


def _excess(exponent: float, present: int, periods: Sequence[int], values: Sequence[int]) -> tuple[Decimal, float]:
    """The factor, and by which part the payments are worth more than ``present`` by it.

    Of what the two sums differ by, every digit counts.
    """
    # In whole numbers of 2^-128, no less exact than decimals; from the last payment backwards, which spares a product.
    gaps = list(map(sub, periods, (0, *periods)))
    factor = _CONTEXT.exp(Decimal(-exponent))
    powers = {gap: int(_CONTEXT.multiply(_CONTEXT.power(factor, gap), _ONE)) for gap in set(gaps)}
    worth = 0
    for gap, value in zip(reversed(gaps), reversed(values), strict=True):
        worth = (worth + (value << _BITS)) * powers[gap] >> _BITS
    whole = present << _BITS
    return factor, (worth - whole) / whole


def _check(present: int, periods: Sequence[int], values: Sequence[int]) -> bool:
    """Whether every payment is above zero, where they are what they should be."""
    if exact_cents(present) <= 0:
        raise ValueError("the present amount is above zero")
    if set(map(type, values)) != {int}:
        for value in values:
            exact_cents(value)
    if periods and (periods[0] < 1 or list(periods) != sorted(periods)):
        raise ValueError("payments come after the release and in order")
    lowest = min(values, default=0)
    if lowest < 0:
        raise ValueError("a payment is not negative")
    if not lowest and not any(values):
        raise ValueError("a rate needs at least one payment above zero")
    return lowest > 0
