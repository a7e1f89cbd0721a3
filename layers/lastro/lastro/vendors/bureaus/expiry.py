"""When a token expires, whichever of three ways the bureau says it."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from lastro.vendors.bureaus.failures import unreadable

LONGEST = timedelta(minutes=60)
"""No token is believed to live longer."""

_EPOCH_FROM = 10**9
"""A number from here on is a Unix time in seconds, below it a lifetime in seconds."""

_LATEST_EPOCH = 10**11
_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)


def expiry_of(token: str, stated: object, now: datetime) -> datetime:
    """The earliest of: what the login ``stated`` (epoch seconds or a lifetime, as text or number), the ``exp`` of a
    JWT, and an hour from ``now``.

    Raises ``RefusedByBureau`` when what was stated is neither, or when the token is already over.
    """
    candidates = [now + LONGEST]
    if stated is not None:
        candidates.append(_stated_moment(stated, now))
    claimed = _jwt_expiry(token)
    if claimed is not None:
        candidates.append(claimed)
    expires_at = min(candidates)
    if expires_at <= now:
        raise unreadable("login.expiry", "in the future")
    return expires_at


def _stated_moment(stated: object, now: datetime) -> datetime:
    seconds = _whole_seconds(stated)
    if seconds is None or not 0 < seconds < _LATEST_EPOCH:
        raise unreadable("login.expiry", "epoch seconds or a lifetime in seconds")
    if seconds > _EPOCH_FROM:
        return datetime.fromtimestamp(seconds, UTC)
    return now + timedelta(seconds=seconds)


def _whole_seconds(value: object) -> int | None:
    if isinstance(value, str) and _SECONDS.fullmatch(value.strip()):
        return int(value)
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < 12:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _jwt_expiry(token: str) -> datetime | None:
    """``exp`` of a JWT's payload, ``None`` for a token that is no JWT or says nothing."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        text = urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        payload: object = json.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return None
    claim = payload.get("exp") if isinstance(payload, dict) else None
    seconds = _whole_seconds(claim)
    if seconds is None or not _EPOCH_FROM < seconds < _LATEST_EPOCH:
        return None
    return datetime.fromtimestamp(seconds, UTC)
