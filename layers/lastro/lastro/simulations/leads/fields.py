"""The types of a lead's fields as they arrive: each checks, normalises and names its own rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from lastro.calendar import SystemClock, local_date
from lastro.documents import InvalidDocument, parse_document
from lastro.simulations.leads.domains import GENDERS, OCCUPATIONS, PROFESSIONS, Domain

MAX_CENTS = 10**12
EARLIEST_BIRTH = date(1900, 1, 1)

UFS = frozenset(
    [
        *("AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA"),
        *("PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO"),
    ]
)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PHONE = re.compile(r"[0-9 ().+-]+")
_NUMBER = re.compile(r"[1-9]{2}(9[0-9]{8}|[0-9]{8})")


def _bare_document(text: str) -> str:
    try:
        return parse_document(text).value
    except InvalidDocument as error:
        raise PydanticCustomError("cpf_cnpj", "is not a valid CPF or CNPJ") from error


def _unquoted(value: Any) -> Any:
    # API Gateway passes a path parameter on as it stood in the URL; no document holds a percent sign of its own.
    return unquote(value) if isinstance(value, str) else value


def _past_day(value: Any) -> Any:
    """``YYYY-MM-DD`` alone: a number would otherwise be read as a Unix time."""
    if isinstance(value, date) or value is None:
        return value
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise PydanticCustomError("date", "is not a date written as YYYY-MM-DD")
    if not EARLIEST_BIRTH <= day <= local_date(SystemClock().now()):
        raise PydanticCustomError("birthdate", "lies before 1900 or in the future")
    return day


def _international(text: str) -> str:
    """A Brazilian number as ``+55`` and ten or eleven digits, from any usual way of writing it."""
    digits = re.sub(r"[^0-9]", "", text)
    if text.lstrip().startswith("+") or len(digits) > 11:
        national = digits.removeprefix("55") if digits.startswith("55") else ""
    else:
        national = digits
    national = national.removeprefix("0")
    if not _PHONE.fullmatch(text) or not _NUMBER.fullmatch(national):
        raise PydanticCustomError("phone_number", "is not a Brazilian phone number with its area code")
    return f"+55{national}"


def _zip_digits(text: str) -> str:
    if not re.fullmatch(r"[0-9]{5}-?[0-9]{3}", text):
        raise PydanticCustomError("zip_code", "is not a CEP: 8 digits, bare or as 00000-000")
    return text.replace("-", "")


def _state(text: str) -> str:
    if text.upper() not in UFS:
        raise PydanticCustomError("state", "is not the two letters of a Brazilian state")
    return text.upper()


def _one_of(choices: Mapping[str, Domain], types: str) -> AfterValidator:
    def check(identifier: str) -> str:
        if identifier not in choices:
            raise PydanticCustomError(
                "unknown_identifier",
                "is not an identifier listed by GET /api/v1/banks_api/domains?types={types}",
                {"types": types},
            )
        return identifier

    return AfterValidator(check)


def _blank_as_absent(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


_IDENTIFIER = StringConstraints(strip_whitespace=True, max_length=64)

DocumentText = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_bare_document),
    Field(description="CPF or CNPJ with right check digits, bare or masked", examples=["529.982.247-25"]),
]
PathDocument = Annotated[DocumentText, BeforeValidator(_unquoted)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
AddressText = Annotated[Text | None, BeforeValidator(_blank_as_absent)]
HouseNumber = Annotated[
    Annotated[
        str,
        Field(coerce_numbers_to_str=True),
        StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    ]
    | None,
    BeforeValidator(_blank_as_absent),
]
Birthdate = Annotated[
    date, BeforeValidator(_past_day), Field(description="YYYY-MM-DD, from 1900 to today", examples=["1990-05-17"])
]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"),
    Field(description="E-mail address", examples=["ana@example.com"]),
]
PhoneNumber = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_international),
    Field(description="Brazilian phone with area code; answered as +55…", examples=["(84) 90000-0000"]),
]
Cents = Annotated[int, Field(strict=True, ge=0, le=MAX_CENTS, description="Cents", examples=[650000])]
Gender = Annotated[
    str, _IDENTIFIER, _one_of(GENDERS, "genders"), Field(description="Identifier of a gender", examples=["F"])
]
Occupation = Annotated[
    str,
    _IDENTIFIER,
    _one_of(OCCUPATIONS, "occupations"),
    Field(description="Identifier of an occupation", examples=["11"]),
]
Profession = Annotated[
    str,
    _IDENTIFIER,
    _one_of(PROFESSIONS, "professions"),
    Field(description="Identifier of a profession", examples=["administrador"]),
]
ZipCode = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=20),
    AfterValidator(_zip_digits),
    Field(description="CEP; answered as 8 digits", examples=["01001-000"]),
]
State = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=20),
    AfterValidator(_state),
    Field(description="State, two letters", examples=["SP"]),
]
