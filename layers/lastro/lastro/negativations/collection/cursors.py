"""Opaque cursors of the list of runs."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode

from lastro.kernel.errors import InvalidInput
from lastro.negativations.errors import WRONG_CURSOR
from lastro.negativations.pages import write_cursor

_PLACE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}#[0-9]{12}")

write_run_cursor = write_cursor


def read_run_cursor(cursor: str | None) -> str:
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
