"""A payout: the money of one contract on its way to the borrower. Pure.

The row ``PAYOUT`` holds the payout that counts, ``PAYOUT#000001`` one that another displaced. A corrected account makes
payout number two of the same credit, once it is certain that number one moved nothing. Amounts are cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.dataclass import dataclass
from lastro.origination.errors import PAYOUT_CANNOT_BECOME

ROW = "PAYOUT"

WATCH_AFTER = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""When a payout that ended is looked at again: a bank may return it within a day, and what was refused may turn up."""

SETTLING = timedelta(minutes=15)
"""How long after it was last sent the payer may still not list a payout that it took (docs/payer.md)."""


class PayoutMethod(StrEnum):
    """How money travels."""

    PIX = "PIX"
    TED = "TED"


class PayoutStatus(StrEnum):
    """How far a payout is."""

    REQUESTED = "requested"
    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    RETURNED = "returned"
    CANCELLED = "cancelled"


_NEXT: Mapping[PayoutStatus, frozenset[PayoutStatus]] = {
    PayoutStatus.REQUESTED: frozenset(
        {
            PayoutStatus.SENT,
            PayoutStatus.CONFIRMED,
            PayoutStatus.REFUSED,
            PayoutStatus.RETURNED,
            PayoutStatus.CANCELLED,
        }
    ),
    PayoutStatus.SENT: frozenset({PayoutStatus.CONFIRMED, PayoutStatus.REFUSED, PayoutStatus.RETURNED}),
    PayoutStatus.CONFIRMED: frozenset({PayoutStatus.RETURNED}),
    # Money that a payer refused and paid after all is money paid.
    PayoutStatus.REFUSED: frozenset({PayoutStatus.SENT, PayoutStatus.CONFIRMED, PayoutStatus.RETURNED}),
    PayoutStatus.RETURNED: frozenset(),
    PayoutStatus.CANCELLED: frozenset(),
}


_MOMENTS = ("requested_at", "updated_at", "last_sent_at")


@dataclass(frozen=True)
class Account:
    """Where the money goes: a Pix key, or a bank account as the proposal names it."""

    method: PayoutMethod
    pix_key: str | None = None
    bank: str | None = None
    branch: str | None = None
    number: str | None = None
    type: str | None = None


@dataclass(frozen=True)
class Payout:
    """Payout ``number`` of a credit; ``key`` is its idempotency key at the payer, the same for every attempt.

    ``sends`` counts how often it was about to be sent, ``last_sent_at`` is when: both are stored before it is.
    """

    csn: str
    number: int
    key: str
    value: int
    account: Account
    status: PayoutStatus
    requested_at: datetime
    updated_at: datetime
    reference: str | None = None
    reason: str | None = None
    sends: int = 0
    last_sent_at: datetime | None = None

    @property
    def settles_at(self) -> datetime:
        """From when on the payer not knowing this payout says that it did not take it."""
        return (self.last_sent_at or self.updated_at) + SETTLING


def payout_key(csn: str, number: int) -> str:
    """Idempotency key of payout ``number`` of a credit, derived so that a process that died asks with the same one."""
    return str(uuid5(NAMESPACE_URL, f"urn:lastro:payout:{csn}:{number}"))


def request_payout(csn: str, number: int, value: int, account: Account, now: datetime) -> Payout:
    """A payout about to be asked for."""
    return Payout(csn, number, payout_key(csn, number), value, account, PayoutStatus.REQUESTED, now, now)


def displaced_row(number: int) -> str:
    """Name of the row of a payout that is not the one that counts."""
    return f"{ROW}#{number:06d}"


def send_payout(payout: Payout, now: datetime) -> Payout:
    """A payout about to be sent."""
    return replace(payout, sends=payout.sends + 1, last_sent_at=now, updated_at=now)


def advance_payout(
    payout: Payout, status: PayoutStatus, now: datetime, *, reference: str | None = None, reason: str | None = None
) -> Payout:
    """The payout in its next status; the same status again gives the same payout. Raises ``Conflict`` otherwise."""
    if status is payout.status:
        return payout
    if status not in _NEXT[payout.status]:
        raise PAYOUT_CANNOT_BECOME(status=payout.status, following=status)
    return replace(
        payout,
        status=status,
        updated_at=now,
        reference=reference or payout.reference,
        reason=reason,
    )


def account_of(borrower: Mapping[str, Any]) -> Account:
    """The account of a proposal: its Pix key where it gave one, else its bank account."""
    proposal = borrower.get("proposal") or {}
    if key := proposal.get("pix_key"):
        return Account(PayoutMethod.PIX, pix_key=str(key))
    bank = proposal.get("bank") or {}
    return Account(
        PayoutMethod.TED,
        bank=bank.get("bank"),
        branch=bank.get("agency"),
        number=bank.get("account"),
        type=bank.get("type"),
    )


def payout_fields(payout: Payout) -> dict[str, Any]:
    """The payout as plain values: what its row keeps."""
    fields = asdict(payout)
    fields["status"] = payout.status.value
    for name in _MOMENTS:
        fields[name] = format_moment(fields[name])
    fields["account"] = {**fields["account"], "method": payout.account.method.value}
    return fields


def to_payout(fields: Mapping[str, Any]) -> Payout:
    """The inverse of :func:`payout_fields`. A row of before sends were counted may have been sent."""
    fields = {"sends": 1, "last_sent_at": fields["updated_at"], **fields}
    account = {**fields["account"], "method": PayoutMethod(fields["account"]["method"])}
    typed = {name: read_moment(fields[name]) for name in _MOMENTS}
    return Payout(**{**fields, **typed, "status": PayoutStatus(fields["status"]), "account": Account(**account)})
