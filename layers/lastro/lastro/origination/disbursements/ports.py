"""What disbursement asks of the outside: a payer that sends money once per key and tells what became of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj, Cpf
from lastro.origination.disbursements.model import Account, PayoutStatus


@dataclass(frozen=True)
class PayoutRequest:
    """Money to one person; ``value`` in cents, ``key`` the idempotency key."""

    key: str
    csn: str
    value: int
    document: Cpf | Cnpj
    name: str
    account: Account


@dataclass(frozen=True)
class PayoutAnswer:
    """What the payer says of a payout: its status (never ``requested``), its own reference, why it was refused."""

    status: PayoutStatus
    reference: str | None = None
    reason: str | None = None


class Holder(StrEnum):
    """Whose an account is, as far as the payer says."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


class Payer(Protocol):
    """Sends money.

    ``Retryable`` of ``send`` says that the payout never left this machine, ``Permanent`` that the payer took nothing
    under this key and never will, ``Unknown`` that the money may be on its way. ``find`` raises ``Retryable`` when it
    was not answered.
    """

    async def send(self, request: PayoutRequest) -> PayoutAnswer:
        """Send money. The same ``key`` is the same payout: a repeat answers what became of it."""
        ...

    async def find(self, key: str) -> PayoutAnswer | None:
        """What became of a payout, ``None`` when the payer does not know it: not yet, perhaps."""
        ...


ConfirmHolder = Callable[[Cpf | Cnpj, Account], Holder]
"""Whether an account or Pix key is a person's own, asked of the payer; ``UNKNOWN`` without a clear answer."""

FindPayout = Callable[[str], PayoutAnswer | None]
"""``Payer.find`` for who waits for its answer. Raises ``Retryable``."""
