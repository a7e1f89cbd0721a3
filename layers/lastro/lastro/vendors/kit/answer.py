"""What a vendor answered, whole and decoded: nothing of the connection is left in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """``headers`` are found by their names in lower case."""

    status: int
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def content_type(self) -> str:
        """The type in lower case, without parameters; empty where none is stated."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()
