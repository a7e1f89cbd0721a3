"""IOF on credit: the gross-up that finances the tax at the rates of ``iof_rates``, exact to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from lastro.finance.exact_price import Ratio
from lastro.finance.iof_rates import SMALL_LOAN_LIMIT, BorrowerClass, IofRates, iof_rates
from lastro.finance.repayment import DAYS_CAP, days_after, plan_repayment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import MonthlyRate, exact_cents, round_ratio

__all__ = [
    "DAYS_CAP",
    "SMALL_LOAN_LIMIT",
    "BorrowerClass",
    "FinancedIof",
    "IofRates",
    "PrincipalSharing",
    "finance_iof",
    "gross_up",
    "iof_rates",
]


class PrincipalSharing(StrEnum):
    """How the principal counts as spread over the instalments when the daily tax is worked out.

    ``AGREED`` follows the agreed schedule (IN SRF 47/1997). ``EQUAL`` is the legacy engine's: the same part each.
    """

    AGREED = "agreed"
    EQUAL = "equal"


@dataclass(frozen=True)
class FinancedIof:
    """A credit that finances its own tax, in cents: ``gross = net + fees + iof`` exactly, taxed at ``rates``."""

    net: int
    fees: int
    iof: int
    gross: int
    rates: IofRates


def finance_iof(
    net: int,
    fees: int,
    rate: MonthlyRate,
    release_date: date,
    due_dates: Sequence[date],
    borrower: BorrowerClass,
    *,
    sharing: PrincipalSharing = PrincipalSharing.AGREED,
) -> FinancedIof:
    """Gross up ``net`` and financed ``fees`` (cents) of a Price schedule of equal months; see :func:`gross_up`.

    Raises what :func:`gross_up` raises, and ``ValueError`` when due dates are absent or not after the release or the
    rate is negative.
    """
    days = days_after(release_date, due_dates)
    plan = plan_repayment(rate, release_date, due_dates)
    taxed = plan.taxed_days(release_date) if sharing is PrincipalSharing.AGREED else (sum(days), len(days))
    return gross_up(net, fees, release_date, borrower, taxed)


def gross_up(net: int, fees: int, release_date: date, borrower: BorrowerClass, taxed_days: Ratio) -> FinancedIof:
    """Gross up ``net`` and financed ``fees`` (cents) so that the loan also pays the IOF due on itself.

    The tax is ``gross * (taxed days * daily rate + additional rate)``, ``taxed_days`` being the days of every part of
    the principal, up to 365, weighted by the part; the whole is rounded to cents once, half to even.

    Raises ``ValueError`` when ``net`` is not positive, ``fees`` are negative, or no rate of the release is on record.
    Raises ``TypeError`` for a float.
    """
    if exact_cents(net) <= 0 or exact_cents(fees) < 0:
        raise ValueError("the net amount is above zero and fees are not negative")
    asked = net + fees
    # The rates depend on the gross amount, which depends on them: if the small loan's rates already carry it over the
    # limit, the larger loan's, never lower, do too.
    for principal in (asked, SMALL_LOAN_LIMIT + 1):
        rates = iof_rates(borrower, release_date, principal)
        iof = _tax_on_itself(asked, rates, taxed_days)
        if iof_rates(borrower, release_date, asked + iof) == rates:
            break
    return FinancedIof(net=net, fees=fees, iof=iof, gross=asked + iof, rates=rates)


def _tax_on_itself(asked: int, rates: IofRates, taxed_days: Ratio) -> int:
    # asked * t / (1 - t) with t = days * daily + additional, all of it in whole numbers.
    days, whole = taxed_days
    daily, daily_unit = rates.daily.fraction.as_integer_ratio()
    once, once_unit = rates.additional.as_integer_ratio()
    unit = whole * daily_unit * once_unit
    tax = days * daily * once_unit + once * daily_unit * whole
    return round_ratio(asked * tax, unit - tax)
