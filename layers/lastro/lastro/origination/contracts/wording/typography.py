"""How a contract writes figures, dates and documents in Portuguese, and which characters its typeface can show. Pure.

The PDF base fonts cover Windows-1252, hence every Portuguese and Western European letter, and nothing else is taken
for a contract (``kernel/texts/lettering.py``). In what was kept before that was so, a letter beyond it is written
without its marks ("ș" as "s", "ł" as "l"), symbols are left out, and text that would lose a letter is refused.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from lastro.kernel.calendar import SAO_PAULO
from lastro.kernel.errors import Permanent
from lastro.kernel.money import format_brl

NO_BREAK = "\N{NO-BREAK SPACE}"
_MONTHS = [
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
]
_LATIN = re.compile("LATIN (CAPITAL|SMALL) LETTER (?:DOTLESS )?([A-Z])(?: WITH .+)?")
_LARGEST_PERCENT = Decimal(10**12)
_TYPEFACE = frozenset(bytes(range(256)).decode("cp1252", "ignore"))
_LEFT_OUT = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "So", "Sk", "Mn", "Me"})


class UndrawableText(Permanent):
    """A letter that the typeface does not have and that has no plain form."""

    default_code = "undrawable_text"


def brl(cents: int) -> str:
    """``R$ 1.234,56`` that no line break parts."""
    return format_brl(cents).replace(" ", NO_BREAK)


def plain_amount(cents: int) -> str:
    """``1.234,56``, for a column whose head names the currency."""
    return format_brl(cents).replace("R$ ", "")


def percent(value: Decimal, places: int = 2) -> str:
    """``2,50%`` with a decimal comma and grouped thousands; ``value`` is already a percentage, rounded half to even.

    The CET of a day's credit at many times its amount has hundreds of digits: it is said to be more than a trillion.
    """
    if value > _LARGEST_PERCENT:
        return f"mais de {percent(_LARGEST_PERCENT, places)}"
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,")) + "%"


def exact_percent(fraction: Decimal) -> str:
    """A fraction of one as its whole percentage: two decimals, and as many more as it has (``1,993333%``)."""
    value = fraction.scaleb(2)
    return percent(value, max(-int(value.normalize().as_tuple().exponent), 2))


def short_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def date_in_words(day: date) -> str:
    """``1º de março de 2026``: the first of a month is an ordinal."""
    return f"{'1º' if day.day == 1 else day.day} de {_MONTHS[day.month - 1]} de {day.year:04d}"


def local_moment(moment: datetime) -> str:
    """``02/03/2026 às 09:15:07 (horário de Brasília, UTC-03:00)``."""
    try:
        local, place = moment.astimezone(SAO_PAULO), "horário de Brasília, "
    except OverflowError:
        # A device may report the first hour of the calendar, which was still the day before in Brasília.
        local, place = moment, ""
    offset = f"{local:%z}"
    return f"{local:%d/%m/%Y} às {local:%H:%M:%S} ({place}UTC{offset[:3]}:{offset[3:5]})"


def zip_code(text: str) -> str:
    """``74180-040`` for eight digits, anything else as it is."""
    return f"{text[:5]}-{text[5:]}" if len(text) == 8 and text.isdigit() else text


def phone(text: str) -> str:
    """``(62) 98765-4321`` for ten or eleven digits, ``0800 123 4567`` for a free call, anything else as it is."""
    if text.isdigit() and text.startswith("0") and len(text) == 11:
        return f"{text[:4]} {text[4:7]} {text[7:]}"
    return f"({text[:2]}) {text[2:-4]}-{text[-4:]}" if text.isdigit() and len(text) in (10, 11) else text


def with_digit(number: str) -> str:
    """An account with the hyphen before its check digit, which is its last sign: ``564789-1``, ``12345-X``."""
    return f"{number[:-1]}-{number[-1]}" if len(number) > 1 and "-" not in number else number


def branch(number: str) -> str:
    """A branch of a bank: four digits, and a hyphen before the check digit of one that has it: ``1234-5``."""
    return with_digit(number) if len(number) > 4 or not number.isdigit() else number


def drawable(text: str) -> str:
    """The text in characters the typeface has, on one line, spaces tidied. Raises ``UndrawableText``."""
    shown = "".join(_drawable_character(each) for each in unicodedata.normalize("NFC", text))
    return " ".join(part for part in shown.split(" ") if part)


def spelt_out(text: str) -> str:
    """The text with each character that the typeface lacks as its code point (``\\u0416``): evidence is shown whole."""
    return text.encode("cp1252", "backslashreplace").decode("cp1252")


def _drawable_character(character: str) -> str:
    if character.isspace() and character != NO_BREAK:
        return " "
    category = unicodedata.category(character)
    if category not in ("Cc", "Cf") and character in _TYPEFACE:
        return character
    plain = "".join(
        each
        for each in unicodedata.normalize("NFKD", character)
        if unicodedata.category(each) not in _LEFT_OUT and each in _TYPEFACE
    )
    if plain or category in _LEFT_OUT:
        return plain
    # A stroke is part of its letter and no mark of its own to Unicode ("Ł"); the letter's name tells which it is.
    stroked = _LATIN.fullmatch(unicodedata.name(character, ""))
    if stroked:
        return stroked[2] if stroked[1] == "CAPITAL" else stroked[2].lower()
    raise UndrawableText("a text of the contract holds a letter its typeface does not have")
