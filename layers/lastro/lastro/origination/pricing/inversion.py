"""Which amount a borrower receives for an instalment or a gross amount that was asked for. Pure.

Rule: the largest amount whose figure does not exceed the one asked for. Where some amount gives exactly that figure it
is the largest that does; many amounts share an instalment, since a cent more borrowed is less than a cent more a month.
Where none does, since the figure leaps over it, the figure found is the nearest below.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import BusinessRefusal
from lastro.origination.errors import BELOW_SMALLEST, OUT_OF_BOUNDS
from lastro.origination.pricing.costs import LoanPlan, LoanTerms, plan_loan


class Figure(StrEnum):
    """What may be asked for in place of the amount released, as requests name it."""

    INSTALLMENT = "installment_value"
    GROSS = "gross_value"


@dataclass(frozen=True)
class Wanted:
    """A figure in cents."""

    figure: Figure
    value: int


def find_net(wanted: Wanted, terms_for: Callable[[int], LoanTerms]) -> int:
    """The amount released, in cents; ``terms_for`` gives a loan's terms for an amount, which change its charges only.

    Figures never fall as the amount grows, so it is found by halving. Raises ``BusinessRefusal`` ``out_of_bounds`` when
    a single cent already exceeds what is wanted, and what :func:`plan_loan` raises.
    """
    plan = plan_loan(terms_for(1))
    if _figure(wanted.figure, plan, terms_for(1)) > wanted.value:
        error = BELOW_SMALLEST.at(wanted.figure, name=wanted.figure)
        raise BusinessRefusal(error.message, code=OUT_OF_BOUNDS.code, errors=[error])
    fits, exceeds = 1, 2
    while _figure(wanted.figure, plan, terms_for(exceeds)) <= wanted.value:
        fits, exceeds = exceeds, 2 * exceeds
    while exceeds - fits > 1:
        middle = (fits + exceeds) // 2
        if _figure(wanted.figure, plan, terms_for(middle)) <= wanted.value:
            fits = middle
        else:
            exceeds = middle
    return fits


def _figure(figure: Figure, plan: LoanPlan, terms: LoanTerms) -> int:
    gross = plan.tax(terms.net, terms.fee + terms.insurance).gross
    return gross if figure is Figure.GROSS else plan.repayment.installment(plan.principal(gross))
