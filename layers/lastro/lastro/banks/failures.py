"""The failures every bank shares, as members of the error tree. ``code`` is always a ``Reason`` value.

Details name places and codes only: a bank's own text may repeat the customer's data, so none of it is carried over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lastro.errors import LastroError, Permanent, Retryable, Unknown
from lastro.simulations.reasons import Reason

_UNAUTHORISED = frozenset({401, 403})
_INVALID = frozenset({400, 422})
_BUSY = frozenset({408, 425, 429})
_PLACE = re.compile(r"[A-Za-z_][\w.\[\]-]{0,79}", re.ASCII)


def unavailable(detail: str) -> Retryable:
    """The bank cannot be reached, or says that it cannot work now."""
    return Retryable(detail, code=Reason.BANK_UNAVAILABLE)


def unanswered(detail: str) -> Unknown:
    """The request left and no answer came back: the bank may have acted."""
    return Unknown(detail, code=Reason.BANK_TIMEOUT)


def unreadable(place: str, expected: str) -> Permanent:
    """The bank answered something that its own contract does not hold."""
    return Permanent(f"bank answer: {place} should be {expected}", code=Reason.GENERIC)


def rejected_credentials(detail: str) -> Permanent:
    """The bank, or a check before it, does not accept the store's credentials."""
    return Permanent(detail, code=Reason.INVALID_CREDENTIALS)


def rejected_fields(fields: Iterable[object]) -> Permanent:
    """The bank's field validation refused the request; only field names that look like names are repeated."""
    named = sorted({field for field in fields if isinstance(field, str) and _PLACE.fullmatch(field)})
    places = ", ".join(named[:10]) or "unnamed"
    return Permanent(f"the bank's validation refused fields: {places}", code=Reason.BANK_VALIDATION)


def failure_of_status(status: int, fields: Iterable[object] = ()) -> LastroError:
    """The family an HTTP status belongs to, for a dialect whose answer gives no better code."""
    if status >= 500 or status in _BUSY:
        return unavailable(f"the bank answered status {status}")
    if status in _UNAUTHORISED:
        return rejected_credentials(f"the bank answered status {status}")
    if status in _INVALID:
        return rejected_fields(fields)
    return Permanent(f"the bank answered an unexpected status {status}", code=Reason.GENERIC)
