"""A creating request as its sender identified it with ``Idempotency-Key``, and the answer that is kept for it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Self

from lastro.kernel.dataclass import dataclass

_SHOWN = 4
_LONG = 16


@dataclass(frozen=True)
class KeyedRequest:
    """``scope`` names operation and holder, so that keys of different ones never meet; ``digest`` the request."""

    scope: str
    key: str
    digest: str

    @classmethod
    def of(cls, scope: str, key: str | None, canonical_request: str) -> Self | None:
        """The attempt, ``None`` when the sender gave no key."""
        return cls(scope, key, hashlib.sha256(canonical_request.encode()).hexdigest()) if key else None


@dataclass(frozen=True)
class Answered:
    """The first answer to a keyed request, given at ``now`` (aware): kept in the transaction of its effect."""

    keyed: KeyedRequest
    answer: str
    now: datetime

    @classmethod
    def to(cls, keyed: KeyedRequest | None, answer: str, now: datetime) -> Self | None:
        """What is to be kept, ``None`` when the sender gave no key."""
        return cls(keyed, answer, now) if keyed else None


def digest_key(partner_id: str, key: str) -> str:
    """A name of an Idempotency-Key, which may hold anything: the same key of another partner has another."""
    return hashlib.sha256(f"{partner_id}#{key}".encode()).hexdigest()[:16]


def mask_key(key: str) -> str:
    """Enough of a key to know it again. A short one could be a document, so nothing of it is shown."""
    return f"{key[:_SHOWN]}***{key[-_SHOWN:]}" if len(key) >= _LONG else "***"
