"""Pages of lists that lie in shards: merged newest first, with the place of the last row given as a cursor."""

from __future__ import annotations

import heapq
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence

from lastro.kernel.errors import InvalidInput
from lastro.negativations.errors import WRONG_CURSOR

_PLACE = re.compile(r"[0-9T:.Z-]{24}#[0-9a-f-]{36}")


def place_of(created_at: str, row_id: str) -> str:
    """Where a row stands in its list."""
    return f"{created_at}#{row_id}"


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


def merge_newest_first(shards: Sequence[Iterable[str]]) -> Iterator[str]:
    """Sort keys of several shards, each newest first, as one list."""
    return heapq.merge(*shards, reverse=True)
