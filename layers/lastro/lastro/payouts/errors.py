"""The payer's answers outside 2xx as members of the error tree. Bodies are not read: they may repeat personal data.

``Permanent`` is said only of what certainly moved no money, and never will as asked. A key that the payer does not
accept is ours to mend: the payout waits for it.
"""

from __future__ import annotations

from lastro.errors import LastroError, Permanent, Retryable, Unknown

_BUSY = frozenset({408, 425, 429})


def failure_of(status: int) -> LastroError:
    """The family of an HTTP status."""
    if status >= 500 or status in _BUSY:
        return Retryable(f"the payer answered status {status}", code="payer_unavailable")
    if status in (401, 403):
        return Retryable("the payer does not accept our key", code="payer_credentials")
    return Permanent(f"the payer answered status {status}", code="payer_validation")


def unreadable(place: str) -> Unknown:
    """The payer answered something that its contract does not hold: nobody can tell what it did."""
    return Unknown(f"payer answer: {place} cannot be read", code="payer_answer")
