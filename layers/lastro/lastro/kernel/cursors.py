"""Opaque cursors: the place of the last row given, so that a page follows in one query. Pure."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode


def spell_cursor(place: str, of: str) -> str:
    """The cursor of a place in the list ``of`` this name; of a place that names a thing, ``of`` is empty."""
    return urlsafe_b64encode(f"{of}~{place}".encode() if of else place.encode()).decode().rstrip("=")


def place_behind(cursor: str, shape: re.Pattern[str], of: str) -> str:
    """The place behind a cursor of the list ``of`` this name, whose places look so.

    Raises ``ValueError`` for anything else, another list's cursors among it.
    """
    told = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    place = told.removeprefix(f"{of}~") if of else told
    # Decoding passes over what is no letter of its alphabet.
    if spell_cursor(place, of) != cursor or not shape.fullmatch(place):
        raise ValueError("not a cursor of this list")
    return place
