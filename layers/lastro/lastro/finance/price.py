"""Price (French) amortization in whole cents, compound grace, and the rate a series of instalments implies.

Source: reference caas.md §8.5, credere.md §3.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise

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

    Every instalment but the last has the same value. Value and interest are rounded to cents, half to even; the last
    instalment takes the residue, so the balance ends at exactly zero and the amortizations add up to ``principal``.

    Raises ``ValueError`` when the principal is not positive, the rate is negative, the due dates are absent or not in
    ascending order, or the principal is so small that cents cannot pay it off over that many instalments.
    Raises ``TypeError`` for a float.
    """
    if exact_cents(principal) <= 0:
        raise ValueError("the principal is above zero")
    if not due_dates:
        raise ValueError("at least one due date is needed")
    if any(later <= earlier for earlier, later in pairwise(due_dates)):
        raise ValueError("due dates ascend")
    count = len(due_dates)
    value = price_installment(principal, rate, count)
    rows = []
    balance = principal
    with localcontext(EXACT):
        for number, due_date in enumerate(due_dates, start=1):
            interest = round_cents(balance * rate.fraction)
            amortization = balance if number == count else value - interest
            if amortization <= 0 or (number < count and amortization >= balance):
                raise ValueError(f"the principal is too small to be paid off in {count} instalments at this rate")
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
    if count < 1:
        raise ValueError("at least one instalment is needed")
    if rate.fraction < 0:
        raise ValueError("a schedule needs a rate of zero or more")
    with localcontext(EXACT):
        amount = Decimal(exact_cents(principal))
        if rate.fraction == 0:
            return round_cents(amount / count)
        growth = (1 + rate.fraction) ** count
        return round_cents(amount * rate.fraction * growth / (growth - 1))


def principal_shares(rate: MonthlyRate, count: int) -> tuple[Decimal, ...]:
    """The part of the principal that each instalment of an unrounded Price schedule amortizes; the parts sum to one.

    They do not depend on the principal: ``i (1+i)^(k-1) / ((1+i)^n - 1)``, or ``1/n`` each at the zero rate.
    Raises ``ValueError`` for a negative rate or fewer than one instalment.
    """
    if count < 1:
        raise ValueError("at least one instalment is needed")
    if rate.fraction < 0:
        raise ValueError("a schedule needs a rate of zero or more")
    with localcontext(EXACT):
        if rate.fraction == 0:
            return (Decimal(1) / count,) * count
        growth = 1 + rate.fraction
        share = rate.fraction / (growth**count - 1)
        shares = []
        for _ in range(count):
            shares.append(share)
            share *= growth
        return tuple(shares)


def capitalize_grace(principal: int, rate: MonthlyRate, months: int) -> int:
    """The balance in cents after ``months`` of grace in which interest is added to the debt: PV (1+i)^g.

    Raises ``ValueError`` for a negative number of months or rate, ``TypeError`` for a float.
    """
    if months < 0 or rate.fraction < 0:
        raise ValueError("grace takes zero or more months at a rate of zero or more")
    with localcontext(EXACT):
        return round_cents(exact_cents(principal) * (1 + rate.fraction) ** months)


def implied_monthly_rate(principal: int, values: Sequence[int]) -> MonthlyRate:
    """The monthly rate at which instalments (cents, one a month) are worth ``principal``; negative if they sum to less.

    Raises ``ValueError`` when there is no such rate: no principal, a negative instalment, or none above zero.
    """
    factor = discount_factor(principal, tuple(enumerate(values, start=1)))
    return MonthlyRate(EXACT.subtract(EXACT.divide(Decimal(1), factor), Decimal(1)))
