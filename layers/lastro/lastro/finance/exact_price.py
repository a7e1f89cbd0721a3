"""The Price schedule of equal months as ratios of whole numbers, without any rounding.

With ``i = p / q`` and ``u = p + q``, instalments of one are worth ``(u^n - q^n) / (p u^n / q)`` today, and every figure
is a ratio of such powers. Slower than ``repayment``, it decides ties there and draws the legacy engine's rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from lastro.kernel.money import MonthlyRate

Ratio = tuple[int, int]


def value_ratio(principal: int, rate: MonthlyRate, count: int) -> Ratio:
    """``PV i / (1 - (1+i)^-n)``, or ``PV / n`` at the zero rate."""
    share, unit = rate.fraction.as_integer_ratio()
    if not share:
        return principal, count
    grown = (share + unit) ** count
    return principal * share * grown, unit * (grown - unit**count)


def balance_ratio(principal: int, rate: MonthlyRate, count: int, paid: int) -> Ratio:
    """What is owed after ``paid`` instalments."""
    share, unit = rate.fraction.as_integer_ratio()
    if not share:
        return principal * (count - paid), count
    grown = (share + unit) ** count
    return principal * (grown - (share + unit) ** paid * unit ** (count - paid)), grown - unit**count


def balance_ratios(principal: int, rate: MonthlyRate, count: int) -> tuple[list[int], int]:
    """What is owed at the release and after each instalment, over one denominator; a row at a time would be slow."""
    share, unit = rate.fraction.as_integer_ratio()
    if not share:
        return [principal * (count - paid) for paid in range(count + 1)], count
    power = unit**count
    powers = [power]
    for _ in range(count):
        power = power // unit * (share + unit)
        powers.append(power)
    return [principal * (powers[-1] - each) for each in powers], powers[-1] - powers[0]


def interest_ratio(principal: int, rate: MonthlyRate, count: int, paid: int) -> Ratio:
    """The interest of the row after ``paid`` instalments."""
    share, unit = rate.fraction.as_integer_ratio()
    owed, whole = balance_ratio(principal, rate, count, paid)
    return owed * share, whole * unit


def amortization_ratio(principal: int, rate: MonthlyRate, count: int, paid: int) -> Ratio:
    """What the row after ``paid`` instalments takes off the debt."""
    before, whole = balance_ratio(principal, rate, count, paid)
    after, _ = balance_ratio(principal, rate, count, paid + 1)
    return before - after, whole


def taxed_days_ratio(rate: MonthlyRate, days: Sequence[int]) -> Ratio:
    """``days`` of every row weighted by its part of the principal."""
    share, unit = rate.fraction.as_integer_ratio()
    count = len(days)
    if not share:
        return sum(days), count
    weighted, power = 0, unit ** (count - 1)
    for each in days:
        weighted += power * each
        power = power * (share + unit) // unit
    return share * weighted, (share + unit) ** count - unit**count
