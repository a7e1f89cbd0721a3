"""Opaque cursors of the list of runs."""

from __future__ import annotations

import re

from lastro.kernel.cursors import place_behind
from lastro.kernel.errors import InvalidInput
from lastro.negativations.errors import WRONG_CURSOR

RUNS = "collection_runs"
_PLACE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}#[0-9]{12}")


def read_run_cursor(cursor: str | None) -> str:
    """The place behind a cursor, empty for none. Raises ``InvalidInput`` for one that was never given."""
    try:
        return place_behind(cursor, _PLACE, RUNS) if cursor else ""
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
