"""One line of text, and the names made of it.

NFC; spaces around it dropped and those inside told as one; no control, invisible, unassigned or private character, no
U+FFFD, no half surrogate; not blank; and only what a contract prints exactly as it was sent
(``lastro.kernel.texts.lettering``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.kernel.texts.lettering import PRINTABLE, is_printable
from lastro.wire.rule import Rule

_SPACE = " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPACES = re.compile(f"[{_SPACE}]+")
_AROUND = f"{_SPACE}\t\r\n"
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LETTER = "A-Za-z\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\xff"
_ENDS = PRINTABLE.replace("\\x20-", "\\x21-").replace("\\xa0-", "\\xa1-")
PATTERN = f"^[{_ENDS}]([{PRINTABLE}]*[{_ENDS}])?$"
_LARGEST = 10**20


def read_line(value: Any, longest: int, shortest: int = 1) -> str:
    """One line of ``shortest`` to ``longest`` characters. Raises ``PydanticCustomError``."""
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "Envie um texto.")
    if len(value) > 10 * longest + 1000:
        raise _too_long(longest)
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", value).strip(_AROUND))
    if _REPLACEMENT in text:
        raise PydanticCustomError(
            "replacement_character", "O texto perdeu letras no caminho (traz o caractere U+FFFD): envie-o em UTF-8."
        )
    if any(unicodedata.category(character) in _REFUSED for character in text):
        raise PydanticCustomError(
            "control_character", "Envie o texto em uma linha, sem caracteres de controle nem invisíveis."
        )
    if len(text) < shortest:
        raise PydanticCustomError(
            "string_too_short", "Envie um texto com pelo menos {shortest} caractere(s).", {"shortest": shortest}
        )
    if len(text) > longest:
        raise _too_long(longest)
    if not is_printable(text):
        raise PydanticCustomError(
            "undrawable", "Escreva com letras do alfabeto latino: um contrato não imprime este texto como foi escrito."
        )
    return text


def _too_long(longest: int) -> PydanticCustomError:
    return PydanticCustomError("string_too_long", "Envie no máximo {longest} caracteres.", {"longest": longest})


def read_label(value: Any, longest: int, shortest: int = 1) -> str:
    """As ``read_line``; a whole number stands for its digits, a fraction for nothing."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST:
        return read_line(str(value), longest, shortest)
    return read_line(value, longest, shortest)


class Line(Rule):
    """A text of one line, bounded by characters."""

    def __init__(self, longest: int, shortest: int = 1) -> None:
        self.longest = longest
        self.shortest = shortest

    def read(self, value: Any) -> str:
        return read_line(value, self.longest, self.shortest)

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "minLength": self.shortest, "maxLength": self.longest, "pattern": PATTERN}


class Label(Line):
    """A text of one line that some send as a whole number: a house number, a number of a document."""

    def read(self, value: Any) -> str:
        return read_label(value, self.longest, self.shortest)


class Name(Line):
    """A text with a letter in it."""

    def read(self, value: Any) -> str:
        text = read_line(value, self.longest, self.shortest)
        if not any(character.isalpha() for character in text):
            raise PydanticCustomError("person_name", "Envie um nome com letras.")
        return text

    def describe(self) -> dict[str, Any]:
        return {**Line.describe(self), "pattern": f"^[{_LETTER}]([{PRINTABLE}]*[{_ENDS}])?$"}


ShortText = Annotated[str, Line(60)]
Text = Annotated[str, Line(120)]
LongText = Annotated[str, Line(150)]
PersonName = Annotated[str, Name(150, shortest=2)]
"""A person's or a company's name: at least two characters, one of them a letter."""

HouseNumber = Annotated[str, Label(120)]
"""``100``, ``S/N``, ``12-A``; a whole number stands for its digits."""
