"""Opaque cursors: the place of the last row given, so that a page follows in one query."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from lastro.bureaus.errors import WRONG_CURSOR
from lastro.kernel.errors import InvalidInput

_PLACE = re.compile(r"[0-9T:.Z-]{24}#[0-9a-f-]{36}")


def write_cursor(place: str) -> str:
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None) -> str:
    """The place behind a cursor, empty for none. Raises ``InvalidInput`` for one that was never given."""
    if not cursor:
        return ""
    try:
        place = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError:
        place = ""
    if not _PLACE.fullmatch(place):
        raise InvalidInput([WRONG_CURSOR.at("cursor")])
    return place
