"""Places in the portal's lists, newest first, as cursors."""

from __future__ import annotations

import re

from lastro.customers.portal.errors import WRONG_CURSOR
from lastro.kernel.cursors import place_behind
from lastro.kernel.errors import InvalidInput

_PLACE = re.compile(r"[0-9T:.Z-]{24}#[0-9a-f-]{36}")


def place_of(moment: str, row_id: str) -> str:
    """Where a row stands in its list."""
    return f"{moment}#{row_id}"


def read_cursor(cursor: str | None, of: str) -> str:
    """The place behind a cursor of the list ``of`` this name, empty for none.

    Raises ``InvalidInput`` for one that was never given.
    """
    try:
        return place_behind(cursor, _PLACE, of) if cursor else ""
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
