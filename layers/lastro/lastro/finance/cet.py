"""CET, the total effective cost of a credit (Resolução CMN 4.881/2020).

``sum(FC_j / (1 + CET)^((d_j - d_0) / 365)) = FC_0`` over actual calendar days: neither thirty-day months nor the
twelfth power of a monthly rate. The law states it as an annual percentage with two decimals, half to even:
``annual_cet(...).percent()``. The month that compounds to it is ``annual_cet(...).to_monthly()``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from lastro.finance.discounting import ordered_factor, settle
from lastro.kernel.money import EXACT, AnnualRate

MAX_CET = Decimal(1000)
"""Percent a year above which nothing is priced: a product's bounds are wrong or its credit a few days long."""

_DAYS_IN_YEAR = 365
_LOWEST = Decimal("-0.99")


def annual_cet(released: int, release_date: date, payments: Sequence[tuple[date, int]]) -> AnnualRate:
    """The annual CET to eighteen digits of what one grows to in a year: one of few digits is exactly that.

    ``released`` is what the borrower receives in cents, net of everything withheld at release (FC_0). ``payments``
    holds (due date, cents) with everything charged, in any order, each after ``release_date``. Payments that sum to
    less than was released give a negative rate.

    Raises ``ValueError`` when nothing was released, there is no payment above zero, a payment is negative or due on or
    before the release, or the rate falls under -99 % a year. Raises ``TypeError`` for a float.
    """
    start = release_date.toordinal()
    days = [due_date.toordinal() - start for due_date, _ in payments]
    values = [value for _, value in payments]
    if days != sorted(days) or len(set(days)) < len(days):
        flows = sorted(zip(days, values, strict=True))
        days, values = [day for day, _ in flows], [value for _, value in flows]
    factor = ordered_factor(released, days, values)
    annual = EXACT.subtract(settle(EXACT.power(factor, -_DAYS_IN_YEAR)), 1)
    if annual < _LOWEST:
        raise ValueError("the payments return almost nothing of what was released")
    return AnnualRate(annual)
