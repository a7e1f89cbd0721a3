"""The ways vendors write money, counts and rates. Readers take what stands there and give cents, a count or a
percentage.

Every reader raises ``Odd``, saying what it expected; who knows the place (``kit.body``) makes a fault of it. Nothing
is guessed at: an amount that is negative, too large or written in another way is odd.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from lastro.vendors.kit.odd import Odd

MOST_CENTS = 10**13
"""A hundred billion reais: above it an amount of one financing is an error of somebody's."""

MOST_REPORTED_CENTS = 10**15
"""Ten trillion reais: the same of what a report sums up."""

_MOST_COUNT = 10**9
_MOST_DIGITS = 30
# Compiled with their first use: most functions that read amounts meet two of these forms.
_TWO_PLACES = r"[0-9]{1,11}\.[0-9]{2}"
_REAIS = r"[0-9]{1,13}(?:\.[0-9]{1,10})?"
_BRAZILIAN = r"[0-9]{1,3}(?:\.[0-9]{3}){0,3},[0-9]{2}"
_LOCALISED = r"(?:R\$\s*)?([0-9]{1,3}(?:\.[0-9]{3}){0,4}|[0-9]{1,13})(?:,([0-9]{1,2}))?"
_PERCENT = r"[0-9]{1,3}(?:[.,][0-9]{1,10})?"


# money, exact ---------------------------------------------------------------------------------------------------------


def read_cents(value: object) -> int:
    """``123456``: integer cents."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_CENTS:
        return value
    raise Odd("integer cents")


def read_decimal(value: object) -> int:
    """``1234.56`` or ``1234``: a JSON number of reais with at most two decimals that are not zero."""
    reais = _number(value)
    cents = None if reais is None else reais.scaleb(2)
    if cents is None or not 0 <= cents < MOST_CENTS or cents != cents.to_integral_value():
        raise Odd("a decimal number of reais")
    return int(cents)


def read_decimal_text(value: object) -> int:
    """``"1234.56"``: reais and two decimals in a text."""
    if isinstance(value, str) and re.fullmatch(_TWO_PLACES, value, re.ASCII):
        return int(value.replace(".", ""))
    raise Odd("a decimal text with two places")


def read_brazilian(value: object) -> int:
    """``"1.234,56"``: reais as Brazilians write them."""
    if isinstance(value, str) and re.fullmatch(_BRAZILIAN, value, re.ASCII):
        return int(value.replace(".", "").replace(",", ""))
    raise Odd("an amount like 1.234,56")


def read_padded(value: object) -> int:
    """``"000000000123456"``: cents in fifteen digits."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{15}", value, re.ASCII) and int(value) < MOST_CENTS:
        return int(value)
    raise Odd("cents in fifteen digits")


# money, as reports tell it: further decimals are rounded half to even ------------------------------------------------


def read_reais(value: object) -> int:
    """``1234.56``: a JSON number of reais."""
    number = _number(value)
    if number is None:
        raise Odd("a number of reais")
    return _rounded(number)


def read_reais_text(value: object) -> int:
    """``"1234.56"``: reais in a text with a point."""
    if isinstance(value, str) and re.fullmatch(_REAIS, value, re.ASCII):
        return _rounded(Decimal(value))
    raise Odd("reais like 1234.56")


def read_localised(value: object) -> int:
    """``"R$ 1.234,56"``: reais as Brazilians write them, with or without their sign and their points."""
    match = (
        re.fullmatch(_LOCALISED, value.strip().replace("\N{NO-BREAK SPACE}", " "), re.ASCII)
        if isinstance(value, str)
        else None
    )
    if match is None:
        raise Odd("an amount like R$ 1.234,56")
    return _rounded(Decimal(f"{match[1].replace('.', '')}.{match[2] or '0'}"))


# counts ---------------------------------------------------------------------------------------------------------------


def read_count(value: object) -> int:
    """A whole number from 0 on, as a number or as digits in a text."""
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value, re.ASCII):
        value = int(value)
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < 9 and value == value.to_integral_value():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_COUNT:
        return value
    raise Odd("a count")


def read_score(value: object) -> int:
    """0 to 1000. Zero is a score; an absent one is not."""
    score = read_count(value)
    if score > 1000:
        raise Odd("a score from 0 to 1000")
    return score


def read_term(value: object) -> int:
    """A number of instalments, 1 to 999, as a whole number or as digits in a text."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}", value, re.ASCII):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 999:
        return value
    raise Odd("a number of instalments")


def read_seconds(value: object) -> int:
    """Seconds above zero, as a whole number."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9:
        return value
    raise Odd("seconds above zero")


# percentages: decimal texts with a point, 0 to below 1000 -------------------------------------------------------------


def read_percent(value: object) -> str:
    """``9.5``, ``"9,5"``, ``"9.5"`` or ``"9,5 %"``."""
    return read_percent_text(value.strip().removesuffix("%").strip()) if isinstance(value, str) else _percent(value)


def read_percent_number(value: object) -> str:
    """``1.89``: a percentage as a JSON number."""
    return _percent(value)


def read_fraction_number(value: object) -> str:
    """``0.0189``: a fraction of one as a JSON number."""
    fraction = _number(value)
    if fraction is None:
        raise Odd("a fraction of one")
    return _percent(fraction.scaleb(2))


def read_percent_text(value: object) -> str:
    """``"1.89"``, or ``"1,89"`` as Brazilians write it."""
    if isinstance(value, str) and re.fullmatch(_PERCENT, value, re.ASCII):
        return format(Decimal(value.replace(",", ".")), "f")
    raise Odd("a percentage")


def read_percent_padded(value: object) -> str:
    """``"0018900"``: seven digits, the last four of them decimals of a percentage."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{7}", value, re.ASCII):
        return format(Decimal(value).scaleb(-4), "f")
    raise Odd("a percentage in seven digits")


# writing --------------------------------------------------------------------------------------------------------------


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


def _number(value: object) -> Decimal | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < MOST_REPORTED_CENTS:
        return Decimal(value)
    # An exponent of millions fits a few characters on the wire and a whole memory as an integer.
    if isinstance(value, Decimal) and value.is_finite() and _is_short(value):
        return value
    return None


def _is_short(number: Decimal) -> bool:
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and -_MOST_DIGITS <= exponent <= _MOST_DIGITS and len(digits) <= _MOST_DIGITS


def _rounded(reais: Decimal) -> int:
    if reais < 0 or reais.scaleb(2) >= MOST_REPORTED_CENTS:
        raise Odd("an amount from zero on")
    return int(reais.scaleb(2).to_integral_value(rounding=ROUND_HALF_EVEN))


def _percent(value: object) -> str:
    number = _number(value)
    if number is None or not 0 <= number < 1000:
        raise Odd("a percentage from 0 to 999")
    return format(number, "f")
