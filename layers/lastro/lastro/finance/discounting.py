"""The discount factor that makes a series of future payments worth an amount today.

In ``y = -ln x`` the logarithm of the sum is convex and falls by the mean period of the payments, weighted by what they
are worth. So Newton's method converges from any start: after one step it climbs to the root from the left, needing no
bracket. Floating point goes almost all the way, on a few groups of payments; what it left is read off one exact sum.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from operator import mul, sub

from lastro.kernel.money import exact_cents

_CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN)
_SETTLED = Context(prec=18, rounding=ROUND_HALF_EVEN)
# Of the logarithm of the sum.
_ROUGHLY_NEAR = 1e-3
# A double tells fifteen digits of a step, so the last one is small and what its series leaves out far smaller.
_LAST_STEP = 1e-7
_LEFT_OUT = 1e-22
_ROUGH_STEPS = 8
_MOST_STEPS = 100
_MOST_GROUPS = 18
_FEW = 12
"""Payments that make no group, and the fewest that a group has."""
_BITS = 128
_ONE = 1 << _BITS


def discount_factor(present: int, payments: Sequence[tuple[int, int]]) -> Decimal:
    """Solve ``sum(value * x ** period) = present`` for the factor ``x`` of one period, exact to 20 decimals.

    ``present`` in cents, above zero. ``payments`` holds (period, cents) with periods of 1 or more in ascending order
    and values of zero or more, not all zero. Then exactly one factor exists; it exceeds 1 when the payments sum to less
    than ``present``. Raises ``ValueError`` when the payments break these rules and ``TypeError`` for a float.
    """
    periods = [period for period, _ in payments]
    values = [value for _, value in payments]
    _check(present, periods, values)
    if 0 in values:
        periods, values = [period for period, value in payments if value], [value for value in values if value]
    exponent = _rough_exponent(present, *_group(periods, values))
    goal = math.log(present)
    for _ in range(_MOST_STEPS):
        height, mean, bend, twist = _moments(exponent, periods, values)
        height -= goal
        if abs(height) <= _ROUGHLY_NEAR:
            height = math.log1p(_excess(exponent, present, periods, values))
        step = height / mean
        second = step * bend / mean / 2
        third = 2 * second * second - step * step * twist / mean / 6
        left_out = step * third * max(abs(second), math.sqrt(abs(third)))
        if abs(step) <= _LAST_STEP and abs(left_out) <= _LEFT_OUT:
            with localcontext(_CONTEXT):
                return (-Decimal(exponent) - Decimal(step * (1 + second + third))).exp()
        exponent += step
    raise ValueError("no discount factor was found for these payments")


def settle(growth: Decimal) -> Decimal:
    """What one grows to by a factor found here, to the digits that are certain even after a year of days.

    A rate that is a number of few digits comes out as that number, so that its half goes to the even neighbour.
    """
    return _SETTLED.plus(growth)


def _rough_exponent(present: int, periods: Sequence[float], values: Sequence[float]) -> float:
    """``-ln`` of the factor to a few digits, by Halley's method: a start, whatever became of it."""
    goal = math.log(present)
    exponent = 0.0
    for _ in range(_ROUGH_STEPS):
        height, mean, bend, _ = _moments(exponent, periods, values)
        height -= goal
        exponent += height / max(mean - bend * height / mean / 2, mean / 2)
        if abs(height) <= _ROUGHLY_NEAR:
            break
    return exponent


def _moments(exponent: float, periods: Sequence[float], values: Sequence[float]) -> tuple[float, float, float, float]:
    """The logarithm of the sum, and mean, variance and third central moment of the periods, weighted by worth."""
    # What the largest discount is divided by, so that no double overflows and not all of them vanish.
    scale = exponent * (periods[0] if exponent > 0 else periods[-1])
    exponents = [scale - exponent * period for period in periods]
    terms = list(map(mul, values, map(math.exp, exponents)))
    worth = sum(terms)
    firsts = list(map(mul, terms, periods))
    mean = sum(firsts) / worth
    seconds = list(map(mul, firsts, periods))
    square = sum(seconds) / worth
    cube = sum(map(mul, seconds, periods)) / worth
    return math.log(worth) - scale, mean, square - mean * mean, cube - mean * (3 * square - 2 * mean * mean)


def _group(periods: Sequence[int], values: Sequence[int]) -> tuple[Sequence[float], Sequence[float]]:
    """A few payments nearly worth these: of each group of neighbours two halves, spread as an even flow would be."""
    if len(values) <= _FEW:
        return periods, values
    size = max(-(-len(values) // _MOST_GROUPS), _FEW)
    few: list[float] = []
    halves: list[float] = []
    # The standard deviation of so many even steps, of their width.
    spread = math.sqrt((size + 1) / (size - 1) / 12)
    for start in range(0, len(values), size):
        paid, when = values[start : start + size], periods[start : start + size]
        together = sum(paid)
        mean = sum(map(mul, paid, when)) / together
        apart = min((when[-1] - when[0]) * spread, mean - when[0])
        few += mean - apart, mean + apart
        halves += together / 2, together / 2
    return few, halves


def _excess(exponent: float, present: int, periods: Sequence[int], values: Sequence[int]) -> float:
    """By which part the payments are worth more than ``present``; of what the sums differ by, every digit counts."""
    # In whole numbers of 2^-128, many times faster than decimals and no less exact.
    gaps = list(map(sub, periods, (0, *periods)))
    with localcontext(_CONTEXT):
        factor = (-Decimal(exponent)).exp()
        powers = {gap: int(factor**gap * _ONE) for gap in set(gaps)}
    worth, discount = 0, _ONE
    for gap, value in zip(gaps, values, strict=False):
        discount = discount * powers[gap] >> _BITS
        worth += discount * value
    whole = present << _BITS
    return (worth - whole) / whole


def _check(present: int, periods: list[int], values: Sequence[int]) -> None:
    if exact_cents(present) <= 0:
        raise ValueError("the present amount is above zero")
    if set(map(type, values)) != {int}:
        for value in values:
            exact_cents(value)
    if periods and (periods[0] < 1 or periods != sorted(periods)):
        raise ValueError("payments come after the release and in order")
    if values and min(values) < 0:
        raise ValueError("a payment is not negative")
    if not any(values):
        raise ValueError("a rate needs at least one payment above zero")
