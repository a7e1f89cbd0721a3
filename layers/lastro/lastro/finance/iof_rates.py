"""The rates of the IOF on credit by day and borrower class (Decreto 6.306/2007 art. 7), each with its decree.

A day and once, percent:

    from         natural person    legal person      Simples, MEI <= 30,000    Simples > 30,000    MEI > 30,000
    2015-01-22   0.0082  + 0.38    0.0041  + 0.38    0.00137 + 0.38            0.0041  + 0.38      0.0041  + 0.38
    2020-04-03   zero              zero              zero                      zero                zero
    2020-11-27   as on 2015-01-22
    2020-12-15   zero              zero              zero                      zero                zero
    2021-01-01   as on 2015-01-22
    2021-09-20   0.01118 + 0.38    0.00559 + 0.38    0.00137 + 0.38            0.00559 + 0.38      0.00559 + 0.38
    2022-01-01   as on 2015-01-22
    2025-05-23   0.0082  + 0.38    0.0082  + 0.95    0.00274 + 0.95 *          0.0082  + 0.95      0.0082  + 0.38
    2025-06-11   0.0082  + 0.38    0.0082  + 0.38    0.00274 + 0.38            0.0082  + 0.38      0.0082  + 0.38
    2025-06-27   as on 2015-01-22
    2025-07-16   as on 2025-06-11

    * the MEI's additional rate is 0.38 in this row too

2015-01-22 is Decreto 8.392/2015. The zero rates of 2020 are Decreto 10.305, prolonged by 10.414 and 10.504, ended early
by 10.551 and given once more by 10.572. 2021-09-20 is Decreto 10.797/2021, which leaves the rate of small loans to
companies in Simples (art. 7, VI) as it was. 2025-05-23 is Decreto 12.466/2025 (12.467/2025 changed nothing of credit),
whose additional rate for Simples is reported both as 0.38 and 0.95: the general rule for legal persons is taken.
2025-06-11 is Decreto 12.499/2025. 2025-06-27 is the publication of Decreto Legislativo 176/2025, which suspended them;
2025-07-16 the Supreme Court's decision (ADC 96) that restored Decreto 12.499, which as the court said on 18 July does
not reach back into the suspension. Above R$ 30,000 a company in Simples pays as any legal person, and so does a MEI
except for its additional rate. Pages read: docs/sources.md.

The decrees of 2020 go by the day of the contract, the others by that of the release; a credit is released on or after
the day of its contract, and the release is what is known here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import DailyRate, exact_cents

SMALL_LOAN_LIMIT = 30_000_00
FIRST_DAY = date(2015, 1, 22)
"""Before it no rate was looked up (Decreto 8.392/2015)."""


class BorrowerClass(StrEnum):
    """Who borrows, as the tax tells borrowers apart."""

    NATURAL_PERSON = "natural_person"
    LEGAL_PERSON = "legal_person"
    SIMPLES = "simples"
    MEI = "mei"


@dataclass(frozen=True)
class IofRates:
    """``daily`` on each part of the principal for its days up to 365; ``additional``, a fraction of one, once."""

    daily: DailyRate
    additional: Decimal


def iof_rates(borrower: BorrowerClass, on: date, principal: int) -> IofRates:
    """The rates in force on the day the money is handed over, for a ``principal`` in cents.

    Raises ``ValueError`` for a day before the table begins.
    """
    small = exact_cents(principal) <= SMALL_LOAN_LIMIT
    for first_day, small_loan, larger_loan in reversed(_TABLE[borrower]):
        if on >= first_day:
            return small_loan if small else larger_loan
    raise ValueError(f"no IOF rate is on record before {FIRST_DAY.isoformat()}, and none for {on.isoformat()}")


def _rates(daily_percent: str, additional_percent: str) -> IofRates:
    return IofRates(DailyRate.from_percent(daily_percent), Decimal(additional_percent).scaleb(-2))


_ZERO = _rates("0", "0")
_NATURAL = _rates("0.0082", "0.38")
_NATURAL_2021 = _rates("0.01118", "0.38")
_LEGAL = _rates("0.0041", "0.38")
_LEGAL_2021 = _rates("0.00559", "0.38")
_LEGAL_12466 = _rates("0.0082", "0.95")
_LEGAL_12499 = _rates("0.0082", "0.38")
_SMALL = _rates("0.00137", "0.38")
_SMALL_12466 = _rates("0.00274", "0.95")
_SMALL_12499 = _rates("0.00274", "0.38")

_ZERO_10305 = date(2020, 4, 3)
_END_10551 = date(2020, 11, 27)
_ZERO_10572 = date(2020, 12, 15)
_END_10572 = date(2021, 1, 1)
_DECREE_10797 = date(2021, 9, 20)
_END_10797 = date(2022, 1, 1)
_DECREE_12466 = date(2025, 5, 23)
_DECREE_12499 = date(2025, 6, 11)
_SUSPENDED = date(2025, 6, 27)
_RESTORED = date(2025, 7, 16)

Row = tuple[date, IofRates, IofRates]


def _until_2025(small: IofRates, large: IofRates, small_2021: IofRates, large_2021: IofRates) -> tuple[Row, ...]:
    return (
        (FIRST_DAY, small, large),
        (_ZERO_10305, _ZERO, _ZERO),
        (_END_10551, small, large),
        (_ZERO_10572, _ZERO, _ZERO),
        (_END_10572, small, large),
        (_DECREE_10797, small_2021, large_2021),
        (_END_10797, small, large),
    )


# First day, rates up to the small loan limit, rates above it; days ascend.
_TABLE: dict[BorrowerClass, tuple[Row, ...]] = {
    BorrowerClass.NATURAL_PERSON: _until_2025(_NATURAL, _NATURAL, _NATURAL_2021, _NATURAL_2021),
    BorrowerClass.LEGAL_PERSON: (
        *_until_2025(_LEGAL, _LEGAL, _LEGAL_2021, _LEGAL_2021),
        (_DECREE_12466, _LEGAL_12466, _LEGAL_12466),
        (_DECREE_12499, _LEGAL_12499, _LEGAL_12499),
        (_SUSPENDED, _LEGAL, _LEGAL),
        (_RESTORED, _LEGAL_12499, _LEGAL_12499),
    ),
    BorrowerClass.SIMPLES: (
        *_until_2025(_SMALL, _LEGAL, _SMALL, _LEGAL_2021),
        (_DECREE_12466, _SMALL_12466, _LEGAL_12466),
        (_DECREE_12499, _SMALL_12499, _LEGAL_12499),
        (_SUSPENDED, _SMALL, _LEGAL),
        (_RESTORED, _SMALL_12499, _LEGAL_12499),
    ),
    BorrowerClass.MEI: (
        *_until_2025(_SMALL, _LEGAL, _SMALL, _LEGAL_2021),
        (_DECREE_12466, _SMALL_12499, _LEGAL_12499),
        (_DECREE_12499, _SMALL_12499, _LEGAL_12499),
        (_SUSPENDED, _SMALL, _LEGAL),
        (_RESTORED, _SMALL_12499, _LEGAL_12499),
    ),
}
