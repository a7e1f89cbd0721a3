"""What a cell may hold, and texts that no program takes for a formula."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

Cell = str | int | Decimal | datetime | None
"""``Decimal`` is an amount in reais, ``datetime`` a moment on São Paulo's clocks without its zone."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The full-width forms too: spreadsheets of some locales take them for the others."""


def plain_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
