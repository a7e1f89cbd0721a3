"""Payments of boletos: which one was sent, whether it ends the debt, and that none is counted twice. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from lastro.negativations.boletos.model import ENDED, MAX_PAYMENTS, Boleto, Payment
from lastro.negativations.errors import (
    AVAILABLE_BEFORE_PAID,
    AVAILABLE_TOO_LATE,
    BOLETO_ENDED,
    COVERS_DEBT,
    PAYMENT_CONFLICT,
    PAYMENT_REPEATED,
    TOO_MANY_PAYMENTS,
)

if TYPE_CHECKING:
    from lastro.kernel.errors import FieldError
    from lastro.negativations.boletos.requests import NewSettlement

MOST_CLEARING_DAYS = 30
"""Days from payment until the money is there; a boleto clears within three, a card within thirty."""


def check_days(paid_on: date, available_on: date) -> list[FieldError]:
    """What is wrong with the days of a payment."""
    if available_on < paid_on:
        return [AVAILABLE_BEFORE_PAID.at("settlement.available_on")]
    if available_on > paid_on + timedelta(days=MOST_CLEARING_DAYS):
        return [AVAILABLE_TOO_LATE.at("settlement.available_on", most=MOST_CLEARING_DAYS)]
    return []


def make_payment(boleto: Boleto, asked: NewSettlement, payment_id: str, moment: datetime) -> Payment | FieldError:
    """The payment of a boleto that is owed, or what is wrong with it."""
    covers = asked.amount_cents >= boleto.remaining_cents
    if covers and asked.settles is False:
        return COVERS_DEBT.at("settlement.settles")
    settles = covers or asked.settles is True
    return Payment(payment_id, asked.paid_on, asked.available_on, asked.amount_cents, moment, settles)


def find_recorded(boleto: Boleto, asked: NewSettlement, payment_id: str) -> Payment | None:
    """The payment that was recorded as this one; ``None`` when it is new and may be recorded.

    Raises ``Conflict`` for an id that is another payment's and for a part that looks like one there is and has no id
    of its own, and ``BusinessRefusal`` for a boleto that ended otherwise or has too many payments.
    """
    for payment in boleto.payments:
        if payment.id == payment_id:
            if _alike(payment, asked):
                return payment
            raise PAYMENT_CONFLICT()
    alike = next((payment for payment in boleto.payments if _alike(payment, asked)), None)
    if alike and not asked.payment_id:
        # What ended the debt cannot have come twice; a part can, and only its sender knows.
        if alike.settles:
            return alike
        raise PAYMENT_REPEATED()
    if boleto.status in ENDED:
        raise BOLETO_ENDED(status=STATUS_TEXTS[boleto.status])
    if len(boleto.payments) >= MAX_PAYMENTS:
        raise TOO_MANY_PAYMENTS(most=MAX_PAYMENTS)
    return None


STATUS_TEXTS = {
    "open": "em aberto",
    "disputed": "em contestação",
    "settled": "quitado",
    "cancelled": "cancelado",
    "renegotiated": "renegociado",
}


def _alike(payment: Payment, asked: NewSettlement) -> bool:
    days = (payment.paid_on, payment.available_on) == (asked.paid_on, asked.available_on)
    ends = asked.settles in (None, payment.settles)
    return days and ends and payment.amount_cents == asked.amount_cents
