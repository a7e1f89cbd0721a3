"""Opaque cursors: the place of the last row given, so that a page follows in one query."""

from __future__ import annotations

import re

from lastro.bureaus.errors import WRONG_CURSOR
from lastro.kernel.cursors import place_behind
from lastro.kernel.errors import InvalidInput

_PLACE = re.compile(r"[0-9T:.Z-]{24}#[0-9a-f-]{36}")


def read_cursor(cursor: str | None, of: str, field: str = "cursor") -> str:
    """The place behind a cursor of the list ``of`` this name, empty for none.

    Raises ``InvalidInput`` for one that was never given.
    """
    try:
        return place_behind(cursor, _PLACE, of) if cursor else ""
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at(field)]) from error
