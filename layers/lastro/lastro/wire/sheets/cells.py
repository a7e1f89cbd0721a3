"""What a report's sheet is made of, and who writes it into a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

Cell = str | int | Decimal | datetime | None
"""``Decimal`` is an amount in reais, ``datetime`` a moment on São Paulo's clocks without its zone."""


class SheetWriter(Protocol):
    """Makes a file of one kind."""

    def __call__(
        self, headings: Sequence[str], rows: Iterable[Sequence[Cell]], totals: Sequence[tuple[str, Cell]]
    ) -> bytes: ...
