"""CPF and CNPJ as types, checked when built and masked when printed: only ``value`` and ``formatted`` are whole.

Source: docs/sources.md (IN RFB 2.229/2024 for the CNPJ with letters, in force since July 2026).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Self

from lastro.kernel.dataclass import dataclass

_CPF_BARE = re.compile(r"[0-9]{11}")
_CPF_INPUT = re.compile(r"([0-9]{3})\.?([0-9]{3})\.?([0-9]{3})-?([0-9]{2})")
_CNPJ_BARE = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_CNPJ_INPUT = re.compile(r"([0-9A-Za-z]{2})\.?([0-9A-Za-z]{3})\.?([0-9A-Za-z]{3})/?([0-9A-Za-z]{4})-?([0-9]{2})")

_CPF_WEIGHTS = (11, 10, 9, 8, 7, 6, 5, 4, 3, 2)
_CNPJ_WEIGHTS = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


class InvalidDocument(ValueError):
    """The text is not a CPF or CNPJ. The message names the rule and never repeats the text."""


@dataclass(frozen=True, repr=False)
class Cpf:
    """A natural person's tax id. ``value`` holds 11 digits, leading zeros kept.

    Raises ``InvalidDocument`` when built from anything but 11 bare digits with right check digits.
    """

    value: str

    def __post_init__(self) -> None:
        if not isinstance(self.value, str) or not _CPF_BARE.fullmatch(self.value):
            raise InvalidDocument("a CPF has 11 digits")
        _verify(self.value, _CPF_WEIGHTS, "CPF")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``00000000000`` or ``000.000.000-00``, spaces around it allowed. Raises ``InvalidDocument``."""
        return cls(_normalised(text, _CPF_INPUT, "a CPF has 11 digits, bare or as 000.000.000-00"))

    @property
    def formatted(self) -> str:
        """The whole document with punctuation, for the wire and for the customer's own eyes; never for a log."""
        value = self.value
        return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}"

    def __str__(self) -> str:
        return f"***.{self.value[3:6]}.{self.value[6:9]}-**"

    def __repr__(self) -> str:
        return f"Cpf('{self}')"


@dataclass(frozen=True, repr=False)
class Cnpj:
    """A company's tax id. ``value`` holds 14 characters: 12 digits or capital letters, then two check digits.

    Raises ``InvalidDocument`` when built from anything but the bare, upper-case form with right check digits.
    """

    value: str

    def __post_init__(self) -> None:
        if not isinstance(self.value, str) or not _CNPJ_BARE.fullmatch(self.value):
            raise InvalidDocument("a CNPJ has 12 digits or capital letters and two check digits")
        _verify(self.value, _CNPJ_WEIGHTS, "CNPJ")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the bare or the ``00.000.000/0000-00`` form, letters in either case. Raises ``InvalidDocument``."""
        rule = "a CNPJ has 12 digits or letters and two check digits, bare or as 00.000.000/0000-00"
        return cls(_normalised(text, _CNPJ_INPUT, rule))

    @property
    def formatted(self) -> str:
        """The whole document with punctuation, for the wire and for the customer's own eyes; never for a log."""
        value = self.value
        return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"

    def __str__(self) -> str:
        return f"**.{self.value[2:5]}.{self.value[5:8]}/****-**"

    def __repr__(self) -> str:
        return f"Cnpj('{self}')"


Document = Cpf | Cnpj


def parse_document(text: str) -> Document:
    """Read a CPF or a CNPJ, masked or bare, told apart by shape. Raises ``InvalidDocument``."""
    if isinstance(text, str):
        if _CPF_INPUT.fullmatch(text.strip()):
            return Cpf.parse(text)
        if _CNPJ_INPUT.fullmatch(text.strip()):
            return Cnpj.parse(text)
    raise InvalidDocument("neither a CPF (11 digits) nor a CNPJ (14 characters)")


def _normalised(text: str, shape: re.Pattern[str], rule: str) -> str:
    match = shape.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise InvalidDocument(rule)
    return "".join(match.groups()).upper()


def _verify(value: str, weights: Sequence[int], name: str) -> None:
    # A sequence of one digit satisfies the CPF sums, and fourteen zeros the CNPJ's, yet neither is ever issued.
    if len(set(value)) == 1:
        raise InvalidDocument(f"a {name} is not one repeated digit")
    body = value[:-2]
    first = _check_digit(body, weights[1:])
    if value[-2:] != first + _check_digit(body + first, weights):
        raise InvalidDocument(f"the check digits of the {name} are wrong")


def _check_digit(text: str, weights: Sequence[int]) -> str:
    # ASCII code minus 48 gives 0..9 for digits and 17..42 for A..Z, as the Receita Federal defines it.
    remainder = sum((ord(character) - 48) * weight for character, weight in zip(text, weights, strict=True)) % 11
    return "0" if remainder < 2 else str(11 - remainder)
