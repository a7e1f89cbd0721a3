"""Texts as origination's endpoints read them, tolerant where the vendor's clients are known to drift.

Spaces around a text and around a listed word are dropped, a number may stand for a text of digits (its lost leading
zeros are put back where the length is fixed), and an empty text means that an optional field was left out (reference
caas.md §3.5, §10).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lastro.documents import Cpf, InvalidDocument
from lastro.origination.enumerations import Listed, StateCode

_PUNCTUATION = re.compile(r"[ ().\-/]")
_SPACES = re.compile(r"\s+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BANK_WITH_NAME = re.compile(r"(B?[0-9]{3})[ :./\u2013-]+[^\W\d_].*")
_FIRST_DAY = date(1900, 1, 1)
_LARGEST = 10**20


def read_text(value: Any) -> str:
    """A text in one line, or a whole number as one. Raises ``PydanticCustomError``."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST:
        return str(value)
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "Send a text.")
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", value)).strip()
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") for character in text):
        raise PydanticCustomError("control_character", "Send a text without control characters.")
    return text


def read_digits(value: Any) -> str:
    """A text without the punctuation of numbers."""
    return _PUNCTUATION.sub("", read_text(value))


def _read_zip_code(value: Any) -> str:
    found = read_digits(value)
    return found.zfill(8) if isinstance(value, int) else found


def _read_cpf(value: Any) -> str:
    found = read_text(value)
    try:
        return Cpf.parse(found.zfill(11) if isinstance(value, int) else found).value
    except InvalidDocument as error:
        raise PydanticCustomError("cpf", "Send a valid CPF of 11 digits.") from error


def _read_bank(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("code")
    found = read_text(value)
    if isinstance(value, int):
        return found.zfill(3)
    named = _BANK_WITH_NAME.fullmatch(found)
    return (named[1] if named else found).removeprefix("B")


def _read_name(value: Any) -> str:
    found = read_text(value)
    if not any(character.isalpha() for character in found):
        raise PydanticCustomError("person_name", "Send a name with letters.")
    return found


def _read_day(value: Any) -> date:
    found = value.strip() if isinstance(value, str) else ""
    try:
        day = date.fromisoformat(found if _DAY.fullmatch(found) else "")
    except ValueError as error:
        raise PydanticCustomError("date", "Send a day as YYYY-MM-DD.") from error
    if day < _FIRST_DAY:
        raise PydanticCustomError("date_range", "Send a day from 1900 on.")
    return day


def _left_out(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


class _MayBeEmpty:
    """Drops an empty text before validation and says in the JSON Schema that one may be sent."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        given = handler(source)
        accepted = core_schema.union_schema([given, core_schema.literal_schema([""])])
        return core_schema.no_info_before_validator_function(_left_out, given, json_schema_input_schema=accepted)


MayBeEmpty = _MayBeEmpty()
"""On an optional field: an empty text means that it was left out."""

Words = BeforeValidator(read_text)
"""On a text: one line, no control characters, a number as text."""

ShortText = Annotated[str, StringConstraints(min_length=1, max_length=60), Words]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=150), Words]
PersonName = Annotated[str, StringConstraints(min_length=2, max_length=150), BeforeValidator(_read_name)]
CpfText = Annotated[str, StringConstraints(pattern="^[0-9]{11}$"), BeforeValidator(_read_cpf)]
"""A CPF, bare or masked; a number gets its leading zeros back (191 is 00000000191)."""

Email = Annotated[
    str,
    StringConstraints(
        max_length=254,
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$",
    ),
    Words,
]
MobilePhone = Annotated[str, StringConstraints(pattern="^[1-9][0-9]9[0-9]{8}$"), BeforeValidator(read_digits)]
"""Area code, 9 and eight digits."""

Phone = Annotated[str, StringConstraints(pattern="^[0-9]{8,13}$"), BeforeValidator(read_digits)]
ZipCode = Annotated[str, StringConstraints(pattern="^[0-9]{8}$"), BeforeValidator(_read_zip_code)]
BankCode = Annotated[str, StringConstraints(pattern="^[0-9]{3}$"), BeforeValidator(_read_bank)]
"""A COMPE code; some write B450 for 450, add the bank's name (033 BANCO SANTANDER) or send both as an object."""

AccountNumber = Annotated[str, StringConstraints(pattern="^[0-9]{1,19}[0-9Xx]?$"), BeforeValidator(read_digits)]
State = Annotated[StateCode, Listed]
Day = Annotated[date, BeforeValidator(_read_day)]
"""A calendar day from 1900 on; whether it has passed is for whoever knows the present."""
