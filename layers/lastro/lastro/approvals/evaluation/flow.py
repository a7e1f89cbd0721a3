"""The payment flow of a sale: what is due when, counted in months from the signing. Pure."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from lastro.kernel.dataclass import dataclass

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PaymentKind(StrEnum):
    """What a payment is called in a price table."""

    SINGLE = "single"
    DOWN_PAYMENT = "down_payment"
    MONTHLY = "monthly"
    HALF_YEARLY = "half_yearly"
    ANNUAL = "annual"
    KEYS = "keys"


MONTHS_BETWEEN: Mapping[PaymentKind, int] = {
    PaymentKind.MONTHLY: 1,
    PaymentKind.HALF_YEARLY: 6,
    PaymentKind.ANNUAL: 12,
}
"""Months from one instalment to the next of the kinds that repeat."""


@dataclass(frozen=True)
class Payment:
    """One dated amount in cents, above zero."""

    due_date: date
    amount_cents: int
    kind: PaymentKind = PaymentKind.SINGLE


@dataclass(frozen=True)
class Flow:
    """What the buyer is to pay: ``total_cents`` is the price that percentages are taken of, above zero.

    The payments need not add up to it: a part may be paid by others, and instalments may carry interest.
    """

    signed_on: date
    total_cents: int
    payments: tuple[Payment, ...]

    def months(self) -> Sequence[int]:
        """The month of each payment, in their order."""
        return [month_of(self.signed_on, payment.due_date) for payment in self.payments]


def month_of(signed_on: date, due_date: date) -> int:
    """Whole months from the signing to a due date: 0 on the day of signing and until the month is full.

    Month ends are clipped: of a signing on 31 January, 28 February is month 1. Negative before the signing.
    """
    months = (due_date.year - signed_on.year) * 12 + due_date.month - signed_on.month
    if due_date.day >= signed_on.day:
        return months
    # Asked of every instalment: the calendar's own answer to how long a month is costs more than all the rest.
    clipped = due_date.day > 27 and due_date.day == _last_day(due_date)
    return months if clipped else months - 1


def _last_day(day: date) -> int:
    return 29 if day.month == 2 and isleap(day.year) else _LENGTHS[day.month - 1]
