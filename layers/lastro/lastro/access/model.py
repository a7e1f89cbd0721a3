"""Partners, their stores and their API keys. Pure: the clock, the ids and the randomness are parameters."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from lastro.access.errors import CREDENTIAL_LENGTH, CREDENTIAL_MISSING, CREDENTIAL_NO_TEXT
from lastro.kernel.callers.caller import UNBOUND, Binding
from lastro.kernel.callers.limits import Limits
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import FieldError, InvalidInput

KEY_BYTES = 32
"""Random bytes of an API key."""

LISTED_AFTER_END = timedelta(days=90)
"""How long a key or a client that ended is known still, as long as the log of calls: what lists them stays bounded."""

MAX_STORES = 500
"""Stores of one partner: their ids must fit in what an API Gateway authorizer may answer (8 KB)."""

MOST_ALLOWED = 100_000
"""The highest limit a partner may be given, of requests a second and of simulations in flight."""

MAX_CREDENTIAL_LENGTH = 4096
"""Characters of one credential field: every bank's fields together stay far below a secret's 64 KB."""


_KEY_SHAPE = re.compile(r"lk_[A-Za-z0-9_-]{43}")


class CredentialStatus(StrEnum):
    """How far a store's credential at a bank is (docs/sources.md, simulations hub)."""

    OKAY = "okay"
    NOT_ANALYZED = "not_analyzed"


def forgotten_at(end: datetime) -> int:
    """When a credential that ends at a moment is forgotten, in seconds since 1970."""
    return int((end + LISTED_AFTER_END).timestamp())


@dataclass(frozen=True)
class Partner:
    """Who holds API keys and owns stores. ``number`` is what the public client knows it by, as account and as user."""

    id: str
    number: int
    name: str
    created_at: datetime


@dataclass(frozen=True)
class Standing:
    """What every call of a partner goes by: the ids of its stores, and its limits."""

    store_ids: tuple[int, ...]
    limits: Limits


@dataclass(frozen=True)
class BankLink:
    """A store's relation to one bank: wanted (``active``), the state of its credential and its version."""

    active: bool
    status: CredentialStatus
    version: str | None = None

    @property
    def usable(self) -> bool:
        """Whether the bank may be asked in this store's name (docs/sources.md, simulations hub)."""
        return self.active and self.status is CredentialStatus.OKAY


@dataclass(frozen=True)
class Store:
    """A partner's point of sale. ``banks`` maps bank codes to links. One that is not ``active`` takes nothing new."""

    id: int
    partner_id: str
    name: str
    cnpj: Cnpj
    created_at: datetime
    updated_at: datetime
    uf: str | None = None
    city: str | None = None
    banks: Mapping[str, BankLink] = field(default_factory=dict)
    display_name: str | None = None
    active: bool = True
    sells_new: bool = True
    sells_used: bool = True
    published: bool = False


@dataclass(frozen=True)
class ApiKey:
    """What is kept of an API key: a public ``id`` and the SHA-256 of the key, never the key.

    ``expires_at`` is the end of one that another key, ``replaced_by``, takes the place of. ``version`` counts its
    changes.
    """

    id: str
    partner_id: str
    digest: str
    created_at: datetime
    revoked_at: datetime | None = None
    binding: Binding = UNBOUND
    expires_at: datetime | None = None
    replaced_by: str | None = None
    version: int = 1

    def opens(self, now: datetime) -> bool:
        """Whether calls may be made with it."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


def spell_key(random: bytes) -> str:
    """The text of an API key. Raises ``ValueError`` unless given exactly 32 random bytes."""
    if len(random) != KEY_BYTES:
        raise ValueError(f"a key is made of {KEY_BYTES} random bytes")
    return "lk_" + urlsafe_b64encode(random).decode().rstrip("=")


def looks_like_key(text: str) -> bool:
    """Whether ``text`` has the shape of a key, so that anything else is refused without a read."""
    return _KEY_SHAPE.fullmatch(text) is not None


def digest_key(key: str) -> str:
    """SHA-256 of a key in hexadecimal: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def check_credentials(wanted: Sequence[str], sent: Mapping[str, object]) -> dict[str, str]:
    """The fields a bank wants out of those sent, others left out.

    Raises ``InvalidInput`` naming every field that is missing, empty, too long, no text or not printable: no header
    takes a line break, and no one sees what else came along when a secret was copied.
    """
    found: dict[str, str] = {}
    errors: list[FieldError] = []
    for name in wanted:
        value = sent.get(name)
        place = f"bank_credential.{name}"
        if value is None:
            errors.append(CREDENTIAL_MISSING.at(place))
        elif not isinstance(value, str):
            errors.append(CREDENTIAL_NO_TEXT.at(place))
        elif not (1 <= len(value.strip()) <= MAX_CREDENTIAL_LENGTH and value.strip().isprintable()):
            errors.append(CREDENTIAL_LENGTH.at(place, most=MAX_CREDENTIAL_LENGTH))
        else:
            found[name] = value.strip()
    if errors:
        raise InvalidInput(errors)
    return found
