"""The ways bureaus write money, counts, scores and percentages. Readers take a value and its place.

Every reader raises ``RefusedByBureau`` (``unreadable_bureau_answer``) naming the place; nothing is guessed at.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from lastro.vendors.bureaus.wire import unreadable

MOST_CENTS = 10**15
"""Ten trillion reais: above it an amount is an error of somebody's."""

_MOST_COUNT = 10**9
_PLAIN = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,10})?", re.ASCII)
_LOCALISED = re.compile(r"(?:R\$\s*)?([0-9]{1,3}(?:\.[0-9]{3}){0,4}|[0-9]{1,13})(?:,([0-9]{1,2}))?", re.ASCII)
_PERCENT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,10})?", re.ASCII)


def read_reais(value: object, place: str) -> int:
    """``1234.56``: a JSON number of reais as cents, further decimals rounded half to even."""
    number = _number(value)
    if number is None:
        raise unreadable(place, "a number of reais")
    return _cents(number, place)


def read_reais_text(value: object, place: str) -> int:
    """``"1234.56"``: reais in a text with a point, as cents."""
    if not isinstance(value, str) or not _PLAIN.fullmatch(value):
        raise unreadable(place, "reais like 1234.56")
    return _cents(Decimal(value), place)


def read_localised(value: object, place: str) -> int:
    """``"R$ 1.234,56"``: reais as Brazilians write them, as cents."""
    match = _LOCALISED.fullmatch(value.strip().replace("\N{NO-BREAK SPACE}", " ")) if isinstance(value, str) else None
    if match is None:
        raise unreadable(place, "an amount like R$ 1.234,56")
    return _cents(Decimal(f"{match[1].replace('.', '')}.{match[2] or '0'}"), place)


def read_count(value: object, place: str) -> int:
    """A whole number from 0 on, as a number or as digits in a text."""
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value, re.ASCII):
        value = int(value)
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < 9 and value == value.to_integral_value():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_COUNT:
        return value
    raise unreadable(place, "a count")


def read_score(value: object, place: str) -> int:
    """0 to 1000. Zero is a score; an absent one is not."""
    score = read_count(value, place)
    if score > 1000:
        raise unreadable(place, "a score from 0 to 1000")
    return score


def read_percent(value: object, place: str) -> str:
    """``9.5``, ``"9,5"`` or ``"9.5"``: a percentage as a decimal text with a point."""
    number = _number(value)
    text = value.strip().removesuffix("%").strip() if isinstance(value, str) else None
    if number is not None and 0 <= number < 1000:
        return format(number, "f")
    if text is not None and _PERCENT.fullmatch(text):
        return text.replace(",", ".")
    raise unreadable(place, "a percentage")


def _number(value: object) -> Decimal | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < MOST_CENTS:
        return Decimal(value)
    # An exponent of millions fits a few characters on the wire and a whole memory as an integer.
    if isinstance(value, Decimal) and value.is_finite() and -30 <= value.adjusted() <= 30 and _is_short(value):
        return value
    return None


def _is_short(number: Decimal) -> bool:
    return len(number.as_tuple().digits) <= 30


def _cents(reais: Decimal, place: str) -> int:
    if reais < 0 or reais.scaleb(2) >= MOST_CENTS:
        raise unreadable(place, "an amount from zero on")
    return int(reais.scaleb(2).to_integral_value(rounding=ROUND_HALF_EVEN))
