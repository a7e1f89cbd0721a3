"""A creating request as its sender identified it with ``Idempotency-Key``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Attempt:
    """``scope`` names operation and store, so that keys of different partners never meet; ``digest`` the request."""

    scope: str
    key: str
    digest: str

    @classmethod
    def of(cls, scope: str, key: str | None, canonical_request: str) -> Self | None:
        """The attempt, ``None`` when the sender gave no key."""
        return cls(scope, key, hashlib.sha256(canonical_request.encode()).hexdigest()) if key else None
