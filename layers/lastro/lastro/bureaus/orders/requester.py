"""Who asks, as bureaus and indexes may know them: an opaque id, never a name."""

from __future__ import annotations

import hashlib


def digest_requester(requested_by: str) -> str:
    """Sixteen hexadecimal digits that stand for a requester."""
    return hashlib.sha256(requested_by.encode("utf-8", "surrogatepass")).hexdigest()[:16]
