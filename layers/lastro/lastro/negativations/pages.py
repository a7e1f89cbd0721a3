"""Pages of lists that lie in shards: merged newest first, with the place of the last row given as a cursor."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from lastro.kernel.calendar import format_moment
from lastro.kernel.cursors import place_behind
from lastro.kernel.errors import InvalidInput
from lastro.negativations.errors import WRONG_CURSOR

_PLACE = re.compile(r"[0-9T:.Z-]{24}#[0-9a-f-]{36}")


def place_of(created_at: datetime, row_id: str) -> str:
    """Where a row stands in its list."""
    return f"{format_moment(created_at)}#{row_id}"


def read_cursor(cursor: str | None, of: str, field: str = "cursor") -> str:
    """The place behind a cursor of the list ``of`` this name, empty for none.

    Raises ``InvalidInput`` for one that was never given.
    """
    try:
        return place_behind(cursor, _PLACE, of) if cursor else ""
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at(field)]) from error


def merge_newest_first(shards: Sequence[Iterable[str]]) -> Iterator[str]:
    """Sort keys of several shards, each newest first, as one list."""
    return heapq.merge(*shards, reverse=True)
