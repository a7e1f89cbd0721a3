"""IOF on credit: rates by date and borrower class, and the gross-up that finances it (reference caas.md §8.3, §8.4).

Rates (Decreto 6.306/2007 art. 7), a day and once:

    from         natural person    legal person     Simples, MEI <= 30,000   Simples > 30,000   MEI > 30,000
    2021-09-20   0.01118  + 0.38   not recorded     not recorded             not recorded       not recorded
    2022-01-01   0.0082   + 0.38   0.0041 + 0.38    0.00137 + 0.38           0.0041 + 0.38      0.0041 + 0.38
    2025-05-23   0.0082   + 0.38   0.0082 + 0.95    0.00274 + 0.95 *         0.0082 + 0.95      0.0082 + 0.38
    2025-06-11   0.0082   + 0.38   0.0082 + 0.38    0.00274 + 0.38           0.0082 + 0.38      0.0082 + 0.38
    2025-06-27   as on 2022-01-01
    2025-07-16   as on 2025-06-11

    * the MEI's additional rate is 0.38 in this row too

2021-09-20 is Decreto 10.797/2021. 2025-05-23 is Decreto 12.466/2025, whose additional rate for Simples is reported both
as 0.38 and 0.95: the general rule for legal persons is taken. 2025-06-11 is Decreto 12.499/2025. 2025-06-27 is the
publication of Decreto Legislativo 176/2025, which suspended both; 2025-07-16 the Supreme Court's decision (ADC 96) that
restored Decreto 12.499. The court restored it from 2025-06-11 on, but the Receita Federal does not ask lenders to
collect the increase for the days of the suspension, so the table states what was collected. Above R$ 30,000 a company
in Simples pays as any legal person, and so does a MEI except for its additional rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from lastro.finance.price import principal_shares
from lastro.money import EXACT, DailyRate, MonthlyRate, exact_cents, round_cents

DAYS_CAP = 365
SMALL_LOAN_LIMIT = 30_000_00


class BorrowerClass(StrEnum):
    """Who borrows, as the tax tells borrowers apart."""

    NATURAL_PERSON = "natural_person"
    LEGAL_PERSON = "legal_person"
    SIMPLES = "simples"
    MEI = "mei"


class PrincipalSharing(StrEnum):
    """How the principal counts as spread over the instalments when the daily tax is worked out.

    ``PRICE`` follows the agreed schedule (IN SRF 47/1997). ``EQUAL`` is the legacy engine's: the same part each.
    """

    PRICE = "price"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class IofRates:
    """``daily`` on each part of the principal for its days up to 365; ``additional``, a fraction of one, once."""

    daily: DailyRate
    additional: Decimal


@dataclass(frozen=True, slots=True)
class FinancedIof:
    """A credit that finances its own tax, in cents: ``gross = net + fees + iof`` exactly, taxed at ``rates``."""

    net: int
    fees: int
    iof: int
    gross: int
    rates: IofRates


def iof_rates(borrower: BorrowerClass, on: date, principal: int) -> IofRates:
    """The rates in force on the day the money is handed over, for a ``principal`` in cents.

    Raises ``ValueError`` for a day before the table begins.
    """
    small = exact_cents(principal) <= SMALL_LOAN_LIMIT
    for first_day, small_loan, larger_loan in reversed(_TABLE[borrower]):
        if on >= first_day:
            return small_loan if small else larger_loan
    raise ValueError(f"no IOF rate is on record for {borrower} on {on.isoformat()}")


def finance_iof(
    net: int,
    fees: int,
    rate: MonthlyRate,
    release_date: date,
    due_dates: Sequence[date],
    borrower: BorrowerClass,
    *,
    sharing: PrincipalSharing = PrincipalSharing.PRICE,
) -> FinancedIof:
    """Gross up ``net`` and financed ``fees`` (cents) so that the loan also pays the IOF due on itself.

    The tax is ``sum(part of the gross * daily rate * min(days, 365)) + gross * additional rate``, days counted on the
    calendar from ``release_date`` to each due date; the whole is rounded to cents once, half to even.

    Raises ``ValueError`` when ``net`` is not positive, ``fees`` are negative, due dates are absent or not after the
    release, the rate is negative, or the release precedes the rate table. Raises ``TypeError`` for a float.
    """
    if exact_cents(net) <= 0 or exact_cents(fees) < 0:
        raise ValueError("the net amount is above zero and fees are not negative")
    days = [(due_date - release_date).days for due_date in due_dates]
    if not days or min(days) < 1:
        raise ValueError("instalments fall due after the release")
    asked = net + fees
    with localcontext(EXACT):
        weighted_days = _weighted_days(rate, days, sharing)
        # The rates depend on the gross amount, which depends on them: if the small loan's rates already carry it over
        # the limit, the larger loan's, never lower, do too.
        for principal in (asked, SMALL_LOAN_LIMIT + 1):
            rates = iof_rates(borrower, release_date, principal)
            tax_rate = rates.daily.fraction * weighted_days + rates.additional
            iof = round_cents(asked * tax_rate / (1 - tax_rate))
            if iof_rates(borrower, release_date, asked + iof) == rates:
                break
    return FinancedIof(net=net, fees=fees, iof=iof, gross=asked + iof, rates=rates)


def _weighted_days(rate: MonthlyRate, days: Sequence[int], sharing: PrincipalSharing) -> Decimal:
    shares_rate = rate if sharing is PrincipalSharing.PRICE else MonthlyRate(Decimal(0))
    shares = principal_shares(shares_rate, len(days))
    return sum((share * min(count, DAYS_CAP) for share, count in zip(shares, days, strict=True)), Decimal(0))


def _rates(daily_percent: str, additional_percent: str) -> IofRates:
    return IofRates(DailyRate.from_percent(daily_percent), Decimal(additional_percent).scaleb(-2))


_NATURAL = _rates("0.0082", "0.38")
_NATURAL_2021 = _rates("0.01118", "0.38")
_LEGAL = _rates("0.0041", "0.38")
_LEGAL_12466 = _rates("0.0082", "0.95")
_LEGAL_12499 = _rates("0.0082", "0.38")
_SMALL = _rates("0.00137", "0.38")
_SMALL_12466 = _rates("0.00274", "0.95")
_SMALL_12499 = _rates("0.00274", "0.38")

_REGULAR = date(2022, 1, 1)
_DECREE_12466 = date(2025, 5, 23)
_DECREE_12499 = date(2025, 6, 11)
_SUSPENDED = date(2025, 6, 27)
_RESTORED = date(2025, 7, 16)

# First day, rates up to the small loan limit, rates above it; days ascend.
_TABLE: dict[BorrowerClass, tuple[tuple[date, IofRates, IofRates], ...]] = {
    BorrowerClass.NATURAL_PERSON: (
        (date(2021, 9, 20), _NATURAL_2021, _NATURAL_2021),
        (_REGULAR, _NATURAL, _NATURAL),
    ),
    BorrowerClass.LEGAL_PERSON: (
        (_REGULAR, _LEGAL, _LEGAL),
        (_DECREE_12466, _LEGAL_12466, _LEGAL_12466),
        (_DECREE_12499, _LEGAL_12499, _LEGAL_12499),
        (_SUSPENDED, _LEGAL, _LEGAL),
        (_RESTORED, _LEGAL_12499, _LEGAL_12499),
    ),
    BorrowerClass.SIMPLES: (
        (_REGULAR, _SMALL, _LEGAL),
        (_DECREE_12466, _SMALL_12466, _LEGAL_12466),
        (_DECREE_12499, _SMALL_12499, _LEGAL_12499),
        (_SUSPENDED, _SMALL, _LEGAL),
        (_RESTORED, _SMALL_12499, _LEGAL_12499),
    ),
    BorrowerClass.MEI: (
        (_REGULAR, _SMALL, _LEGAL),
        (_DECREE_12466, _SMALL_12499, _LEGAL_12499),
        (_DECREE_12499, _SMALL_12499, _LEGAL_12499),
        (_SUSPENDED, _SMALL, _LEGAL),
        (_RESTORED, _SMALL_12499, _LEGAL_12499),
    ),
}
