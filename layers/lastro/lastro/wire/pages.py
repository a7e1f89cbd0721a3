"""Which page of a list."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from lastro.wire.amounts import InWhole
from lastro.wire.rule import Read

MAX_PAGE = 10_000
MAX_PER_PAGE = 100
_CURSOR = re.compile(r"[0-9A-Za-z_:.#-]{1,200}")


def read_cursor(value: Any) -> str:
    """An opaque place in a list. Raises ``PydanticCustomError`` ``cursor``."""
    if not isinstance(value, str) or not _CURSOR.fullmatch(value):
        raise PydanticCustomError("cursor", "Envie o next_cursor como foi respondido.")
    return value


Page = Annotated[int, InWhole(1, MAX_PAGE, written=True), Field(description="From 1", examples=[1])]
PerPage = Annotated[int, InWhole(1, MAX_PER_PAGE, written=True), Field(description="Rows of a page", examples=[25])]
Cursor = Annotated[
    Annotated[str, Read(read_cursor, {"type": "string", "pattern": "^[0-9A-Za-z_:.#-]{1,200}$"})] | None,
    Field(description="next_cursor of the page before; absent: the first page", examples=["MjAyNi0xMS0wMw"]),
]
