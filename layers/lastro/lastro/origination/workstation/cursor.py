"""Where a page of a list ended, as opaque text. Pure."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

_PLACE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z#[0-9]{23}")
_LONGEST = 100


def spell_cursor(place: str) -> str:
    """The cursor of a place ``<moment>#<customer service number>``."""
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read_cursor(text: str) -> str:
    """The place behind a cursor. Raises ``ValueError`` for anything that was not one of our cursors."""
    if len(text) > _LONGEST or not text.isascii():
        raise ValueError("not a cursor")
    place = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    if not _PLACE.fullmatch(place):
        raise ValueError("not a cursor")
    return place
