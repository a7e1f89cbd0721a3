"""The ways banks write money and rates. Readers take a JSON value and its place, give integer cents or a percentage.

Every reader raises ``Permanent`` (``generic_reason``) naming the place: a negative, oversized or otherwise odd amount
is never guessed at.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lastro.vendors.banks.failures import unreadable

MOST_CENTS = 10**13
"""A hundred billion reais: above it an amount is an error of somebody's."""

_MOST_DIGITS = 30
_PLAIN = re.compile(r"[0-9]{1,11}\.[0-9]{2}", re.ASCII)
_BRAZILIAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){0,3},[0-9]{2}", re.ASCII)
_PADDED = re.compile(r"[0-9]{15}", re.ASCII)
_RATE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,10})?", re.ASCII)


def read_cents(value: object, place: str) -> int:
    """``123456``: integer cents."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_CENTS:
        return value
    raise unreadable(place, "integer cents")


def read_decimal(value: object, place: str) -> int:
    """``1234.56`` or ``1234``: a JSON number of reais with at most two decimals that are not zero."""
    reais = _number(value, place, "a decimal number of reais")
    cents = reais.scaleb(2)
    if not 0 <= cents < MOST_CENTS or cents != cents.to_integral_value():
        raise unreadable(place, "a decimal number of reais")
    return int(cents)


def read_decimal_text(value: object, place: str) -> int:
    """``"1234.56"``: reais and two decimals in a text."""
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return int(value.replace(".", ""))
    raise unreadable(place, "a decimal text with two places")


def read_brazilian(value: object, place: str) -> int:
    """``"1.234,56"``: reais as Brazilians write them."""
    if isinstance(value, str) and _BRAZILIAN.fullmatch(value):
        return int(value.replace(".", "").replace(",", ""))
    raise unreadable(place, "an amount like 1.234,56")


def read_padded(value: object, place: str) -> int:
    """``"000000000123456"``: cents in fifteen digits."""
    if isinstance(value, str) and _PADDED.fullmatch(value) and int(value) < MOST_CENTS:
        return int(value)
    raise unreadable(place, "cents in fifteen digits")


def read_count(value: object, place: str) -> int:
    """A number of instalments, 1 to 999, as a number or as digits in a text."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}", value, re.ASCII):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 999:
        return value
    raise unreadable(place, "a number of instalments")


def read_percent_number(value: object, place: str) -> str:
    """``1.89``: a percentage as a JSON number."""
    return _percentage(_number(value, place, "a percentage"), place)


def read_fraction_number(value: object, place: str) -> str:
    """``0.0189``: a fraction of one as a JSON number."""
    return _percentage(_number(value, place, "a fraction of one").scaleb(2), place)


def read_percent_text(value: object, place: str) -> str:
    """``"1.89"``, or ``"1,89"`` as Brazilians write it."""
    if isinstance(value, str) and _RATE.fullmatch(value.replace(",", ".", 1)):
        return _percentage(Decimal(value.replace(",", ".", 1)), place)
    raise unreadable(place, "a percentage")


def read_percent_padded(value: object, place: str) -> str:
    """``"0018900"``: seven digits, the last four of them decimals of a percentage."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{7}", value, re.ASCII):
        return _percentage(Decimal(value).scaleb(-4), place)
    raise unreadable(place, "a percentage in seven digits")


def write_decimal(cents: int) -> Decimal:
    """``123456`` cents as ``Decimal("1234.56")``."""
    return Decimal(cents).scaleb(-2)


def write_decimal_text(cents: int) -> str:
    return format(write_decimal(cents), "f")


def write_brazilian(cents: int) -> str:
    reais, rest = divmod(cents, 100)
    return f"{reais:,}".replace(",", ".") + f",{rest:02d}"


def write_padded(cents: int) -> str:
    return f"{cents:015d}"


def _number(value: object, place: str, expected: str) -> Decimal:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < MOST_CENTS:
        return Decimal(value)
    # An exponent of millions fits a few characters on the wire and a whole memory as an integer.
    if isinstance(value, Decimal) and value.is_finite() and _is_short(value):
        return value
    raise unreadable(place, expected)


def _is_short(number: Decimal) -> bool:
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and -_MOST_DIGITS <= exponent <= _MOST_DIGITS and len(digits) <= _MOST_DIGITS


def _percentage(percent: Decimal, place: str) -> str:
    if not 0 <= percent < 1000:
        raise unreadable(place, "a percentage from 0 to 999")
    return format(percent, "f")
