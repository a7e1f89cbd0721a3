"""The referee of ``discounting``: Newton's method in decimals alone, slow and without any shortcut."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

_CONTEXT = Context(prec=50, rounding=ROUND_HALF_EVEN)
_SMALL_STEP = Decimal("1e-25")
_MOST_STEPS = 200


def pure_decimal_factor(present: int, payments: Sequence[tuple[int, int]]) -> Decimal:
    """``discount_factor`` to some forty digits. Raises ``ValueError`` when it finds none."""
    with localcontext(_CONTEXT):
        exponent = Decimal(0)
        for _ in range(_MOST_STEPS):
            factor = (-exponent).exp()
            worth = moment = Decimal(0)
            discount, reached = Decimal(1), 0
            for period, value in payments:
                discount *= factor ** (period - reached)
                reached = period
                worth += discount * value
                moment += discount * value * period
            step = (worth / present).ln() * worth / moment
            exponent += step
            if abs(step) <= _SMALL_STEP:
                return (-exponent).exp()
    raise ValueError("no discount factor was found for these payments")
