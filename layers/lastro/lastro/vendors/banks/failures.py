"""The failures every bank shares, as members of the error tree. ``code`` is always a ``Reason`` value.

Details name places and codes only: a bank's own text may repeat the customer's data, so none of it is carried over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.kit.tables import BUSY, UNAUTHORISED, Row, meaning_of

_STATUSES = (Row(Reason.INVALID_CREDENTIALS, UNAUTHORISED), Row(Reason.BANK_UNAVAILABLE, BUSY))
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


def unreadable_answer(detail: str, _: object = None) -> Permanent:
    """What the bank answered cannot be read at all."""
    return Permanent(detail, code=Reason.GENERIC)


def rejected_credentials(detail: str) -> Permanent:
    """The bank, or a check before it, does not accept the store's credentials."""
    return Permanent(detail, code=Reason.INVALID_CREDENTIALS)


def rejected_fields(fields: Iterable[object]) -> Permanent:
    """The bank's field validation refused the request; only field names that look like names are repeated."""
    named = sorted({field for field in fields if isinstance(field, str) and _PLACE.fullmatch(field)})
    places = ", ".join(named[:10]) or "unnamed"
    return Permanent(f"the bank's validation refused fields: {places}", code=Reason.BANK_VALIDATION)


def failure_of_reason(reason: Reason, detail: str, fields: Iterable[object] = ()) -> LastroError:
    """What a documented code says that stands for ``reason``."""
    match reason:
        case Reason.BANK_VALIDATION:
            return rejected_fields(fields)
        case Reason.INVALID_CREDENTIALS:
            return rejected_credentials(detail)
        case Reason.BANK_UNAVAILABLE:
            return unavailable(detail)
        case _:
            return Unknown(detail, code=Reason.GENERIC)


def failure_of_status(status: int) -> LastroError:
    """What an HTTP status says without a code of the bank's contract.

    A credential is turned away before anything is worked, and who is busy may be asked again; any other status (a key
    in use, a gateway's page, an address that is not known) says nothing of what was asked: it is looked up by its key.
    """
    reason = meaning_of(_STATUSES, status) or Reason.GENERIC
    return failure_of_reason(reason, f"the bank answered status {status} without a code of its contract")
