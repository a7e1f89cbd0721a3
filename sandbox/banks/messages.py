"""What the dialects and the bank behind them say to each other, free of any wire format. Amounts in cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class PreApprovalAsk:
    """May this applicant ask for credit at all? ``document`` is bare."""

    key: str
    document: str


@dataclass(frozen=True, slots=True)
class PricingAsk:
    """One condition to price. ``dealer_return`` is the level of commission in it, 0 to 6.

    ``missing`` are fields of the applicant, by their wire paths, that the bank asks for.
    """

    key: str
    document: str
    asset_value: int
    down_payment: int
    extras: int
    installments: int
    release_date: date
    manufacture_year: int
    zero_km: bool
    insurance: bool
    dealer_return: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A priced condition: the value of each instalment, the monthly percentage, charges as (type, cents)."""

    installments: tuple[int, ...]
    monthly_rate: Decimal
    charges: tuple[tuple[str, int], ...]
    table_code: str
    table_name: str
    dealer_return: int = 0


class Verdict(StrEnum):
    """What the bank says of a condition."""

    APPROVED = "approved"
    DOWN_PAYMENT = "down_payment"
    TERM = "term"
    VEHICLE = "vehicle"
    MISSING_DATA = "missing_data"
    REFUSED = "refused"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Decision:
    """The bank's answer to one pricing. ``quote`` is there exactly when the verdict is ``APPROVED``."""

    key: str
    number: str
    verdict: Verdict
    quote: Quote | None = None
    minimum: int | None = None
    ideal: int | None = None
    matrix_failed: bool = False
    available: int | None = None


class Complaint(StrEnum):
    """Why a call gets no business answer."""

    UNSTABLE = "unstable"
    VALIDATION = "validation"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"


class Trouble(Exception):
    """The call ends with an error in the dialect; ``field`` names what validation refused."""

    def __init__(self, complaint: Complaint, field: str = "") -> None:
        super().__init__(complaint)
        self.complaint = complaint
        self.field = field


class NoAnswer(Exception):
    """The call ends without any answer."""
