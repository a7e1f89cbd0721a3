"""Where a page of the list of proposals ended, as opaque text. Pure."""

from __future__ import annotations

import re

from lastro.kernel.cursors import place_behind

PROPOSALS = "proposals"
_PLACE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z#[0-9]{23}")
_LONGEST = 100


def read_cursor(text: str, of: str) -> str:
    """The place behind a cursor of the list ``of`` this name.

    Raises ``ValueError`` for anything that was not one of our cursors.
    """
    if len(text) > _LONGEST:
        raise ValueError("not a cursor")
    return place_behind(text, _PLACE, of)
