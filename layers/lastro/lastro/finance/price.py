"""Price (French) amortization over equal months in whole cents, compound grace, and the rate instalments imply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from lastro.finance.discounting import ordered_factor, settle
from lastro.finance.exact_price import value_ratio
from lastro.finance.installment import Installment
from lastro.finance.repayment import plan_repayment
from lastro.kernel.money import EXACT, MonthlyRate, exact_cents, round_ratio

__all__ = ["Installment", "capitalize_grace", "implied_monthly_rate", "price_installment", "price_schedule"]


def price_schedule(principal: int, rate: MonthlyRate, due_dates: Sequence[date]) -> tuple[Installment, ...]:
    """Spread ``principal`` (cents, what is financed) over one instalment per due date, one month of interest each.

    Every instalment but the last has the same value. Value and interests are those of the unrounded schedule rounded to
    cents, half to even; what the value leaves after the interest is amortization. The last instalment takes the
    residue, at most a cent per instalment, so the balance ends at exactly zero and the amortizations sum to
    ``principal``.

    Raises ``ValueError`` when the principal is not positive, the rate is negative, the due dates are absent or not in
    ascending order, or the principal is so small that cents cannot be spread over that many instalments.
    Raises ``TypeError`` for a float or a rate that is not monthly.
    """
    # Equal months take no notice of the day of the release.
    return plan_repayment(rate, date.min, due_dates).schedule(principal)


def price_installment(principal: int, rate: MonthlyRate, count: int) -> int:
    """PV i / (1 - (1+i)^-n) in whole cents, half to even; PV / n at the zero rate.

    Raises ``ValueError`` for a negative rate or fewer than one instalment, ``TypeError`` for a float.
    """
    _check(rate, count)
    return round_ratio(*value_ratio(exact_cents(principal), rate, count))


def capitalize_grace(principal: int, rate: MonthlyRate, months: int) -> int:
    """The balance in cents after ``months`` of grace in which interest is added to the debt: PV (1+i)^g.

    Raises ``ValueError`` for a negative number of months or rate, ``TypeError`` for a float.
    """
    _check(rate)
    if months < 0:
        raise ValueError("grace takes zero or more months")
    share, unit = rate.fraction.as_integer_ratio()
    return round_ratio(exact_cents(principal) * (share + unit) ** months, unit**months)


def implied_monthly_rate(principal: int, values: Sequence[int]) -> MonthlyRate:
    """The monthly rate at which instalments (cents, one a month) are worth ``principal``; negative if they sum to less.

    Raises ``ValueError`` when there is no such rate: no principal, a negative instalment, or none above zero.
    """
    factor = ordered_factor(principal, range(1, len(values) + 1), values)
    return MonthlyRate(EXACT.subtract(settle(EXACT.divide(Decimal(1), factor)), Decimal(1)))


def _check(rate: MonthlyRate, count: int = 1) -> None:
    # A bare number or a rate of another period would go through the arithmetic unnoticed.
    if not isinstance(rate, MonthlyRate):
        raise TypeError(f"a schedule needs a MonthlyRate, not {type(rate).__name__}")
    if rate.fraction < 0:
        raise ValueError("a schedule needs a rate of zero or more")
    if count < 1:
        raise ValueError("at least one instalment is needed")
