"""What is owed: boletos, their statuses and payments. Pure: the clock and the ids are parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from lastro.kernel.dataclass import dataclass

MAX_PAYMENTS = 120
"""Payments of one boleto; they are kept in its row."""

MAX_GUARANTORS = 5


class Status(StrEnum):
    """``overdue`` is never stored: it is what an open boleto is called after its due date (``Boleto.status_on``)."""

    OPEN = "open"
    OVERDUE = "overdue"
    DISPUTED = "disputed"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    RENEGOTIATED = "renegotiated"


ENDED = frozenset({Status.SETTLED, Status.CANCELLED})


class Event(StrEnum):
    """What happens to a boleto; who made a listing of it follows (``negativations/payments.py``)."""

    PAID = "paid"
    PAID_IN_PART = "paid_in_part"
    DISPUTED = "disputed"
    RENEGOTIATED = "renegotiated"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    AMENDED = "amended"


TRANSITIONS: Mapping[tuple[Status, Event], Status] = {
    (Status.OPEN, Event.PAID): Status.SETTLED,
    (Status.OPEN, Event.PAID_IN_PART): Status.OPEN,
    (Status.OPEN, Event.DISPUTED): Status.DISPUTED,
    (Status.OPEN, Event.RENEGOTIATED): Status.RENEGOTIATED,
    (Status.OPEN, Event.CANCELLED): Status.CANCELLED,
    (Status.OPEN, Event.AMENDED): Status.OPEN,
    (Status.DISPUTED, Event.PAID): Status.SETTLED,
    (Status.DISPUTED, Event.PAID_IN_PART): Status.DISPUTED,
    (Status.DISPUTED, Event.RENEGOTIATED): Status.RENEGOTIATED,
    (Status.DISPUTED, Event.CANCELLED): Status.CANCELLED,
    (Status.DISPUTED, Event.REOPENED): Status.OPEN,
    (Status.DISPUTED, Event.AMENDED): Status.DISPUTED,
    (Status.RENEGOTIATED, Event.PAID): Status.SETTLED,
    (Status.RENEGOTIATED, Event.PAID_IN_PART): Status.RENEGOTIATED,
    (Status.RENEGOTIATED, Event.DISPUTED): Status.DISPUTED,
    (Status.RENEGOTIATED, Event.CANCELLED): Status.CANCELLED,
    (Status.RENEGOTIATED, Event.REOPENED): Status.OPEN,
    (Status.RENEGOTIATED, Event.AMENDED): Status.RENEGOTIATED,
}
"""``(status, event) -> status``. What is not here does not happen."""


class IllegalTransition(ValueError):
    """An event that a boleto's status does not know."""


def next_status(status: Status, event: Event) -> Status:
    """The status after an event. Raises ``IllegalTransition``."""
    try:
        return TRANSITIONS[status, event]
    except KeyError as error:
        raise IllegalTransition(f"a boleto that is {status} cannot be {event}") from error


@dataclass(frozen=True)
class Payment:
    """Money that came for a boleto, in cents.

    The law counts from ``available_on``, the day the creditor has the money, not from ``paid_on`` (STJ, Tema 735).
    ``settles`` says that the debt ends with it, whatever was owed.
    """

    id: str
    paid_on: date
    available_on: date
    amount_cents: int
    recorded_at: datetime
    settles: bool


@dataclass(frozen=True)
class Boleto:
    """A debt of one debtor at one branch. ``amount_cents`` is what was owed at first; moments are UTC, ISO 8601.

    ``prescription_years`` is how long it may be claimed (Código Civil art. 206). ``collection_step`` is the last step
    of the collection that was done for it, 0 for none. ``has_listings``: a listing was made of it once, so that whoever
    changes it tells the listings (``negativations/payments.py``).
    """

    id: str
    partner_id: str
    external_id: str
    debtor_id: str
    branch_id: int
    due_on: date
    amount_cents: int
    created_at: datetime
    updated_at: datetime
    nature_code: str | None = None
    contract_number: str | None = None
    guarantor_ids: tuple[str, ...] = ()
    prescription_years: int = 5
    status: Status = Status.OPEN
    payments: tuple[Payment, ...] = ()
    collection_step: int = 0
    has_listings: bool = False
    version: int = 1

    @property
    def paid_cents(self) -> int:
        return sum(payment.amount_cents for payment in self.payments)

    @property
    def remaining_cents(self) -> int:
        """What is still owed, never below zero; nothing of what ended."""
        return 0 if self.status in ENDED else max(0, self.amount_cents - self.paid_cents)

    @property
    def settlement(self) -> Payment | None:
        """The payment that ended the debt."""
        return next((payment for payment in self.payments if payment.settles), None)

    def is_overdue(self, day: date) -> bool:
        """Whether it is open and was due before ``day``."""
        return self.status is Status.OPEN and self.due_on < day

    def status_on(self, day: date) -> Status:
        """The status as it is told: an open boleto after its due date is overdue."""
        return Status.OVERDUE if self.is_overdue(day) else self.status

    def days_overdue(self, day: date) -> int:
        """Whole days since its due date, 0 before."""
        return max(0, (day - self.due_on).days)

    def after(self, event: Event, moment: datetime) -> Boleto:
        """The boleto after an event without money. Raises ``IllegalTransition``."""
        return replace(self, status=next_status(self.status, event), updated_at=moment, version=self.version + 1)

    def paid_with(self, payment: Payment) -> Boleto:
        """The boleto after a payment. Raises ``IllegalTransition`` for one that ended."""
        event = Event.PAID if payment.settles else Event.PAID_IN_PART
        return replace(self.after(event, payment.recorded_at), payments=(*self.payments, payment))
