"""What the simulation pipeline asks of the outside: a bank that pre-approves, prices and can be asked what it did."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Any, Protocol

from lastro.kernel.dataclass import dataclass
from lastro.kernel.people.applicants import Applicant, Vehicle
from lastro.simulations.conditions.reasons import Reason

__all__ = [
    "Applicant",
    "Bank",
    "BankAnswer",
    "Expense",
    "Offer",
    "OfferRequest",
    "PreApprovalRequest",
    "Vehicle",
]


@dataclass(frozen=True)
class PreApprovalRequest:
    """Ask a bank whether it deals with this document at all. ``key`` names the act for idempotency and look-up."""

    key: str
    applicant: Applicant


@dataclass(frozen=True)
class OfferRequest:
    """One condition put to one bank.

    Amounts in cents. ``extras`` is what the customer finances beside the good (documentation, accessories, insurance).
    ``release_date`` is the day the money would be handed over; the first instalment falls one month later.
    ``dealer_return`` is the level of commission that the price pays the dealer, 0 none.
    """

    key: str
    applicant: Applicant
    vehicle: Vehicle
    asset_value: int
    down_payment: int
    installments: int
    release_date: date
    extras: int = 0
    commercial: bool = False
    payment_protection_insurance: bool = False
    dealer_return: int = 0


@dataclass(frozen=True)
class Expense:
    """A charge the bank adds to what it finances: its type on the wire, cents, the bank's own id for it."""

    type: str
    value: int
    bank_expense_id: str | None = None


@dataclass(frozen=True)
class Offer:
    """A priced condition as the bank states it.

    ``expenses`` holds every charge financed (IOF included, the caller's ``extras`` not). ``installments`` holds the
    value of each instalment in cents, in order. ``monthly_rate`` is a percentage a month as a decimal string.
    """

    installments: tuple[int, ...]
    monthly_rate: str
    expenses: tuple[Expense, ...]
    credit_condition_code: str
    credit_condition_description: str | None = None
    credit_condition_return: str | None = None
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BankAnswer:
    """What a bank said of one condition: an offer, or a business reason why not, and its advice in cents either way."""

    offer: Offer | None = None
    reason: Reason | None = None
    minimum_down_payment: int | None = None
    suggested_down_payment: int | None = None
    available_amount: int | None = None


class Bank(Protocol):
    """One bank, reached with one store's credentials.

    Every method may raise ``Retryable`` (the bank is unstable), ``Permanent`` (it will never accept this) or
    ``Unknown`` (it may have acted); the error's ``code`` is a ``Reason`` value.
    """

    code: str

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        """Tell whether the bank deals with this document. The same ``key`` is the same act."""
        ...

    async def find_pre_approval(self, key: str) -> bool | None:
        """Look up what an earlier ``pre_approve`` of this key led to; ``None`` when the bank never saw it."""
        ...

    async def price(self, request: OfferRequest) -> BankAnswer:
        """Price one condition. The same ``key`` is the same act: a repeat answers the first result."""
        ...

    async def find_offer(self, key: str) -> BankAnswer | None:
        """Look up what an earlier ``price`` of this key led to; ``None`` when the bank never saw it."""
        ...
