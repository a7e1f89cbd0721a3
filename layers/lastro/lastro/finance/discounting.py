"""The discount factor that makes a series of future payments worth an amount today."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from operator import mul

from lastro.kernel.money import exact_cents

_CONTEXT = Context(prec=28, rounding=ROUND_HALF_EVEN)
# Newton squares the error, so a step this small leaves one some ten digits smaller still.
_SMALL_STEP = Decimal("1e-13")
_ROUGH_STEP = 1e-8
_DIGITS = 34
_ONE = 10**_DIGITS
_MAX_STEPS = 100


def discount_factor(present: int, payments: Sequence[tuple[int, int]]) -> Decimal:
    """Solve ``sum(value * x ** period) = present`` for the factor ``x`` of one period, exact to 20 decimals.

    ``present`` in cents, above zero. ``payments`` holds (period, cents) with periods of 1 or more in ascending order
    and values of zero or more, not all zero. Then exactly one factor exists; it exceeds 1 when the payments sum to less
    than ``present``. Raises ``ValueError`` when the payments break these rules and ``TypeError`` for a float.
    """
    _check(present, payments)
    # In y = -ln x the logarithm of the sum is convex and falls by at least one per period, so Newton's method converges
    # from any start: after one step it climbs to the root from the left, needing no bracket, and close to a straight
    # line it needs few steps. All but the last go in floating point: the exact one tells how far off it began.
    with localcontext(_CONTEXT):
        exponent = Decimal(_rough_exponent(present, payments))
        for _ in range(_MAX_STEPS):
            worth, moment = _worth_and_moment((-exponent).exp(), payments)
            step = (worth / present).ln() * worth / moment
            exponent += step
            if abs(step) <= _SMALL_STEP:
                return (-exponent).exp()
    raise ValueError("no discount factor was found for these payments")


def _rough_exponent(present: int, payments: Sequence[tuple[int, int]]) -> float:
    """The root to about fifteen digits, or zero, from which the exact steps start as well, where a double overflows."""
    periods = [period for period, _ in payments]
    values = [value for _, value in payments]
    exponent = 0.0
    try:
        for _ in range(_MAX_STEPS):
            terms: list[float] = list(map(mul, values, map(math.exp, [-exponent * period for period in periods])))
            worth = sum(terms)
            moment: float = sum(map(mul, terms, periods))
            step = math.log(worth / present) * worth / moment
            exponent += step
            if abs(step) <= _ROUGH_STEP:
                return exponent
    except (OverflowError, ValueError, ZeroDivisionError):
        pass
    return 0.0


def _worth_and_moment(factor: Decimal, payments: Sequence[tuple[int, int]]) -> tuple[Decimal, Decimal]:
    # In whole numbers of 10^-34, several times faster than decimals and no less exact.
    worth = moment = 0
    discount = _ONE
    powers: dict[int, int] = {}
    reached = 0
    for period, value in payments:
        gap = period - reached
        if gap not in powers:
            powers[gap] = int((factor**gap).scaleb(_DIGITS))
        discount = discount * powers[gap] // _ONE
        term = discount * value
        worth += term
        moment += term * period
        reached = period
    return Decimal(worth).scaleb(-_DIGITS), Decimal(moment).scaleb(-_DIGITS)


def _check(present: int, payments: Sequence[tuple[int, int]]) -> None:
    if exact_cents(present) <= 0:
        raise ValueError("the present amount is above zero")
    reached = 1
    for period, value in payments:
        if period < reached:
            raise ValueError("payments come after the release and in order")
        if exact_cents(value) < 0:
            raise ValueError("a payment is not negative")
        reached = period
    if not any(value for _, value in payments):
        raise ValueError("a rate needs at least one payment above zero")
