"""Price (French) amortization in whole cents, compound grace, and the rate a series of instalments implies.

Source: reference caas.md §8.5, credere.md §3.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import accumulate, pairwise, repeat
from operator import mul

from lastro.finance.discounting import discount_factor
from lastro.money import EXACT, MonthlyRate, exact_cents, round_cents


@dataclass(frozen=True, slots=True)
class Installment:
    """One row of a schedule, amounts in cents.

    Always ``value = interest + amortization`` and ``balance = previous_balance - amortization``.
    """

    number: int
    due_date: date
    previous_balance: int
    interest: int
    amortization: int
    value: int
    balance: int


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
    if exact_cents(principal) <= 0:
        raise ValueError("the principal is above zero")
    if any(later <= earlier for earlier, later in pairwise(due_dates)):
        raise ValueError("due dates ascend")
    count = len(due_dates)
    rows = []
    balance = principal
    with localcontext(EXACT):
        # Rounding each interest from the rounded balance instead would let cents compound: the last instalment of a
        # long loan at a high rate would end far from the others.
        powers, total = _growth(rate, count)
        exact_value = principal * rate.fraction + principal / total
        value = round_cents(exact_value)
        for number, (due_date, power) in enumerate(zip(due_dates, powers, strict=True), start=1):
            interest = round_cents(exact_value - principal * power / total)
            amortization = balance if number == count else value - interest
            if value < 1 or (number < count and amortization >= balance):
                raise ValueError(f"the principal is too small to be spread over {count} instalments")
            rows.append(
                Installment(
                    number=number,
                    due_date=due_date,
                    previous_balance=balance,
                    interest=interest,
                    amortization=amortization,
                    value=interest + amortization,
                    balance=balance - amortization,
                )
            )
            balance -= amortization
    return tuple(rows)


def price_installment(principal: int, rate: MonthlyRate, count: int) -> int:
    """PV i / (1 - (1+i)^-n) in whole cents, half to even; PV / n at the zero rate.

    Raises ``ValueError`` for a negative rate or fewer than one instalment, ``TypeError`` for a float.
    """
    with localcontext(EXACT):
        _, total = _growth(rate, count)
        return round_cents(exact_cents(principal) * rate.fraction + principal / total)


def principal_shares(rate: MonthlyRate, count: int) -> tuple[Decimal, ...]:
    """The part of the principal that each instalment of an unrounded Price schedule amortizes; the parts sum to one.

    They do not depend on the principal: ``i (1+i)^(k-1) / ((1+i)^n - 1)``, or ``1/n`` each at the zero rate.
    Raises ``ValueError`` for a negative rate or fewer than one instalment.
    """
    with localcontext(EXACT):
        powers, total = _growth(rate, count)
        return tuple(power / total for power in powers)


def capitalize_grace(principal: int, rate: MonthlyRate, months: int) -> int:
    """The balance in cents after ``months`` of grace in which interest is added to the debt: PV (1+i)^g.

    Raises ``ValueError`` for a negative number of months or rate, ``TypeError`` for a float.
    """
    _check(rate)
    if months < 0:
        raise ValueError("grace takes zero or more months")
    with localcontext(EXACT):
        return round_cents(exact_cents(principal) * (1 + rate.fraction) ** months)


def implied_monthly_rate(principal: int, values: Sequence[int]) -> MonthlyRate:
    """The monthly rate at which instalments (cents, one a month) are worth ``principal``; negative if they sum to less.

    Raises ``ValueError`` when there is no such rate: no principal, a negative instalment, or none above zero.
    """
    factor = discount_factor(principal, tuple(enumerate(values, start=1)))
    return MonthlyRate(EXACT.subtract(EXACT.divide(Decimal(1), factor), Decimal(1)))


def _growth(rate: MonthlyRate, count: int) -> tuple[list[Decimal], Decimal]:
    # (1+i)^0 ... (1+i)^(n-1) and their sum, which is ((1+i)^n - 1) / i without its loss of digits near the zero rate.
    _check(rate, count)
    powers = list(accumulate(repeat(1 + rate.fraction, count - 1), mul, initial=Decimal(1)))
    return powers, sum(powers, Decimal(0))


def _check(rate: MonthlyRate, count: int = 1) -> None:
    # A bare number or a rate of another period would go through the arithmetic unnoticed.
    if not isinstance(rate, MonthlyRate):
        raise TypeError(f"a schedule needs a MonthlyRate, not {type(rate).__name__}")
    if rate.fraction < 0:
        raise ValueError("a schedule needs a rate of zero or more")
    if count < 1:
        raise ValueError("at least one instalment is needed")
