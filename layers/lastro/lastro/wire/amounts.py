"""Amounts of money, percentages and whole numbers.

Cents are whole JSON numbers. What is written in R$ is read by its decimals, at most two: a text with a thousands mark,
a comma, an exponent or a sign is refused by name, since ``100.000`` is a hundred to one reader and a hundred thousand
to another. A JSON number is judged by its shortest decimal form, which is what its sender wrote.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.wire.rule import Read, Rule

MAX_CENTS = 10**12
"""Ten thousand million R$: far beyond any credit, and exact as a double even with its cents."""

_PLAIN = re.compile(r"[0-9]{1,15}(?:[.][0-9]{1,15})?")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:[.][0-9]{3}){2,}|[0-9]{1,3}(?:[., ' ][0-9]{3})+(?:[.,][0-9]+)|[0-9]{1,3}(?:[ '][0-9]{3})+"
)
_EXPONENT = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")
_BR_AMOUNT = re.compile(r"(?:R\$ ?)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),([0-9]{1,2})")
_BR_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_ISO_AMOUNT = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?")
_LONGEST_WRITTEN = 40
"""Characters: beyond some thousand digits Python makes no number of a text, and nobody owes so much."""
_AMBIGUOUS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
_LARGEST = 10**15


def read_decimal(value: Any, places: int) -> Decimal:
    """A number from zero with at most ``places`` decimals, a JSON number or the same as text.

    Raises ``PydanticCustomError`` named after what is wrong: ``sign``, ``exponent``, ``thousands_mark``,
    ``decimal_comma``, ``too_many_decimals`` or ``number``.
    """
    text = _decimal_text(value)
    if text.startswith(("-", "+")):
        raise PydanticCustomError("sign", "Envie o número sem sinal.")
    if _EXPONENT.fullmatch(text):
        raise PydanticCustomError("exponent", "Escreva o número por extenso, sem expoente.")
    if _GROUPED.fullmatch(text):
        raise PydanticCustomError("thousands_mark", "Escreva o número sem separador de milhar, com ponto decimal.")
    if "," in text:
        raise PydanticCustomError("decimal_comma", "Escreva o número com ponto decimal, sem vírgula.")
    if not _PLAIN.fullmatch(text):
        raise PydanticCustomError("number", "Envie um número, ou o mesmo como texto com ponto decimal.")
    number = Decimal(text)
    decimals = len(text.partition(".")[2]) if isinstance(value, str) else -int(number.normalize().as_tuple().exponent)
    if decimals > places:
        raise PydanticCustomError(
            "too_many_decimals",
            "Envie no máximo {places} casas decimais; o ponto não separa milhares.",
            {"places": places},
        )
    return number


def _decimal_text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not -_LARGEST < value < _LARGEST:
        return ""
    # The shortest text of a double is what the sender wrote; an exponent in it is Python's, not the sender's.
    return format(Decimal(repr(value) if isinstance(value, float) else value), "f")


def read_whole(value: Any, *, written: bool) -> int:
    """A whole JSON number and, where ``written``, the same in digits.

    Raises ``PydanticCustomError`` ``int_type``.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = value.strip() if written and isinstance(value, str) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise PydanticCustomError("int_type", "Envie um número inteiro, sem fração.")
    return int(text)


def check_bounds(number: int | Decimal, least: int | Decimal, most: int | Decimal) -> None:
    """Raises ``PydanticCustomError`` ``greater_than_equal`` or ``less_than_equal`` naming the bound."""
    if number < least:
        raise PydanticCustomError("greater_than_equal", "Envie no mínimo {least}.", {"least": str(least)})
    if number > most:
        raise PydanticCustomError("less_than_equal", "Envie no máximo {most}.", {"most": str(most)})


def read_written_reais(value: Any) -> int:
    """R$ as people write them in files, ``1.234,56`` or ``1234.56``, as cents.

    Raises ``ValueError`` with rule and sentence, also for what may be read in two ways (``1.234``).
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value * 100
    text = str(value).strip()
    if len(text) > _LONGEST_WRITTEN:
        raise ValueError("number", "Envie um valor em R$, como 1.234,56 ou 1234.56.")
    if _AMBIGUOUS.fullmatch(text):
        raise ValueError("ambiguous", "Este valor pode ser lido de dois modos: escreva os centavos, como 1.234,00.")
    if match := _BR_AMOUNT.fullmatch(text):
        return int(match[1].replace(".", "")) * 100 + int(match[2].ljust(2, "0"))
    if _BR_GROUPED.fullmatch(text):
        return int(text.replace(".", "")) * 100
    if match := _ISO_AMOUNT.fullmatch(text):
        return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    raise ValueError("number", "Envie um valor em R$, como 1.234,56 ou 1234.56.")


class InCents(Rule):
    """Cents as a whole JSON number; no text, no fraction."""

    def __init__(self, least: int = 0, most: int = MAX_CENTS) -> None:
        self.least = least
        self.most = most

    def read(self, value: Any) -> int:
        cents = read_whole(value, written=False)
        check_bounds(cents, self.least, self.most)
        return cents

    def describe(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class InReais(Rule):
    """R$ as a number or a text, cents inside: ``10211.92`` is 1021192. The bounds are cents."""

    def __init__(self, least: int = 0, most: int = MAX_CENTS) -> None:
        self.least = least
        self.most = most

    def read(self, value: Any) -> int:
        reais = read_decimal(value, 2)
        check_bounds(reais, Decimal(self.least).scaleb(-2), Decimal(self.most).scaleb(-2))
        return int(reais.scaleb(2))

    def describe(self) -> dict[str, Any]:
        number = {"type": "number", "minimum": _json(self.least), "maximum": _json(self.most)}
        text = {"type": "string", "pattern": r"^[0-9]{1,9}([.][0-9]{1,2})?$"}
        return {"anyOf": [number, text], "description": "R$ com no máximo duas casas decimais"}


def _json(cents: int) -> int | float:
    return cents // 100 if cents % 100 == 0 else cents / 100


class InPercent(Rule):
    """A percentage as a number or a text: 2.5 is 2.5 %, at most six decimals."""

    def __init__(self, most: int = 1000, places: int = 6) -> None:
        self.most = most
        self.places = places

    def read(self, value: Any) -> Decimal:
        percent = read_decimal(value, self.places)
        check_bounds(percent, 0, self.most)
        return percent

    def describe(self) -> dict[str, Any]:
        number = {"type": "number", "minimum": 0, "maximum": self.most}
        text = {"type": "string", "pattern": rf"^[0-9]{{1,{len(str(self.most)) - 1}}}([.][0-9]{{1,{self.places}}})?$"}
        return {"anyOf": [number, text], "description": "Porcentagem: 2.5 é 2,5 %"}


class InWhole(Rule):
    """A whole number from ``least`` to ``most``; where ``written``, also in digits, as a query always is."""

    def __init__(self, least: int, most: int, *, written: bool = False) -> None:
        self.least = least
        self.most = most
        self.written = written

    def read(self, value: Any) -> int:
        number = read_whole(value, written=self.written)
        check_bounds(number, self.least, self.most)
        return number

    def describe(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


def read_flag(value: Any) -> bool:
    """``true`` or ``false`` of JSON, nothing that stands for them. Raises ``PydanticCustomError`` ``bool_type``."""
    if not isinstance(value, bool):
        raise PydanticCustomError("bool_type", "Envie true ou false, sem aspas.")
    return value


def read_written_flag(value: Any) -> bool:
    """As ``read_flag``; the texts ``true`` and ``false`` stand for themselves."""
    text = value.strip().lower() if isinstance(value, str) else ""
    return text == "true" if text in ("true", "false") else read_flag(value)


Cents = Annotated[int, InCents()]
Reais = Annotated[int, InReais()]
"""R$ that arrive with decimals, cents inside."""

Percent = Annotated[Decimal, InPercent()]
Flag = Annotated[bool, Read(read_flag, {"type": "boolean"})]
WrittenFlag = Annotated[bool, Read(read_written_flag, {"type": "boolean"})]
"""For calls whose clients write everything as text."""
