"""What a vendor answered, whole and decoded: nothing of the connection is left in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_NO_HEADERS: Mapping[str, str] = {}


class Answer(NamedTuple):
    """``headers`` are found by their names in lower case. What it holds is not printed."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = _NO_HEADERS

    def __repr__(self) -> str:
        return f"Answer(status={self.status})"

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def content_type(self) -> str:
        """The type in lower case, without parameters; empty where none is stated."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()
