"""Opaque cursors: the place of the last row given, so that a page follows in one query. Pure."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode


def spell_cursor(place: str) -> str:
    """The cursor of a place."""
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def place_behind(cursor: str, shape: re.Pattern[str]) -> str:
    """The place behind a cursor. Raises ``ValueError`` for anything that is none of a list whose places look so."""
    place = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    # Decoding passes over what is no letter of its alphabet.
    if spell_cursor(place) != cursor or not shape.fullmatch(place):
        raise ValueError("not a cursor of this list")
    return place
