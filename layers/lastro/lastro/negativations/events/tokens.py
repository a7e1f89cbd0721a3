"""Tokens that a bureau gets for its client's id and secret, to push with (RFC 6749, section 4.4). Pure.

Nothing of one is kept: it tells when it ends, sealed with what is known of the secret of its address.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, new

LIFETIME = 3600
"""Seconds."""


def spell_token(credential: str, address: str, now: datetime) -> str:
    """A token for an address; ``credential`` and ``address`` are the digests that are kept of both secrets."""
    ends = str(int(now.timestamp()) + LIFETIME)
    return f"{ends}.{_seal(credential, address, ends)}"


def is_token_of(token: str, credential: str, address: str, now: datetime) -> bool:
    """Whether a token is one of an address, and good at a moment."""
    ends, _, seal = token.partition(".")
    if not compare_digest(seal.encode(errors="replace"), _seal(credential, address, ends).encode()):
        return False
    return now.timestamp() < int(ends)


def _seal(credential: str, address: str, ends: str) -> str:
    return new(credential.encode(), f"{address}.{ends}".encode(), sha256).hexdigest()
