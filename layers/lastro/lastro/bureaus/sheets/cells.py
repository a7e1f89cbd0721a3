"""What both kinds of file share: which columns hold money, and texts that no program takes for a formula."""

from __future__ import annotations

from decimal import Decimal

MONEY = frozenset({"Valor restrições", "Custo", "cost"})
"""Headings of columns in cents."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The full-width forms too: spreadsheets of some locales take them for the others."""


def reais(cents: int) -> Decimal:
    """Cents as reais, exactly."""
    return Decimal(cents).scaleb(-2)


def plain_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
