"""Cents in each bank's way of writing them, and back. Readers raise ``ValueError``; ``reading`` names the field."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

_MOST_CENTS = 10**13


def cents_of_integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _MOST_CENTS:
        raise ValueError("not integer cents")
    return value


def cents_of_number(value: object) -> int:
    """``1234.56`` as a JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("not a number")
    return _scaled(Decimal(value))


def cents_of_text(value: object) -> int:
    """``"1234.56"``."""
    if not isinstance(value, str) or value[-3:-2] != ".":
        raise ValueError("not a text with two decimals")
    try:
        return _scaled(Decimal(value))
    except InvalidOperation as error:
        raise ValueError("not a decimal text") from error


def cents_of_brazilian(value: object) -> int:
    """``"1.234,56"``."""
    if not isinstance(value, str) or value[-3:-2] != ",":
        raise ValueError("not a Brazilian amount")
    return cents_of_text(value.replace(".", "").replace(",", "."))


def cents_of_padded(value: object) -> int:
    """``"000000000123456"``."""
    if not isinstance(value, str) or len(value) != 15 or not value.isdecimal():
        raise ValueError("not fifteen digits")
    return cents_of_integer(int(value))


def number_of(cents: int) -> Decimal:
    return Decimal(cents) / 100


def text_of(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def brazilian_of(cents: int) -> str:
    whole = f"{cents // 100:,}".replace(",", ".")
    return f"{whole},{cents % 100:02d}"


def padded_of(cents: int) -> str:
    return str(cents).rjust(15, "0")


def _scaled(reais: Decimal) -> int:
    if not reais.is_finite() or not 0 <= reais * 100 < _MOST_CENTS or reais * 100 != int(reais * 100):
        raise ValueError("not an amount in cents")
    return int(reais * 100)
