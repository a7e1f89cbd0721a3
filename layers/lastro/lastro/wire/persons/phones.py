"""A Brazilian phone as people write it, ``+55`` and its digits inside (E.164), by the numbering plan that exists.

phonenumbers keeps Anatel's plan (area codes, ranges of mobiles and landlines); it takes some 25 ms to load and is
loaded with the first phone that is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.wire.rule import Read, read_text

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_WRITTEN = re.compile(r"[+(]{0,2}[0-9 ().\-/]{8,40}")
_CARRIER_PLACE = re.compile(r"\(?0[xX]{2} ?")
_MOBILE = re.compile(r"[1-9]{2}9[0-9]{8}")
_AREA = "([14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[134579])"
MOBILE_PATTERN = rf"^([+]55 ?)?([(]0?{_AREA}[)]|{_AREA}) ?9[0-9]{{4}}[ -]?[0-9]{{4}}$"
PHONE_PATTERN = rf"^([+]55 ?)?([(]0?{_AREA}[)]|{_AREA}) ?(9[0-9]{{4}}|[2-5][0-9]{{3}})[ -]?[0-9]{{4}}$"


def read_phone(value: Any) -> str:
    """A landline or a mobile. Raises ``PydanticCustomError`` ``phone_number``."""
    from phonenumbers import PhoneNumberType as Type

    number = _read_number(value)
    if number is None or _type_of(number) not in (Type.FIXED_LINE, Type.MOBILE, Type.FIXED_LINE_OR_MOBILE):
        raise PydanticCustomError(
            "phone_number", "Envie um telefone brasileiro com DDD existente, como (11) 98765-4321 ou +551132345678."
        )
    return _international(number)


def read_mobile_phone(value: Any) -> str:
    """A mobile: nine digits after the area code. Raises ``PydanticCustomError`` ``mobile_phone``."""
    from phonenumbers import PhoneNumberType as Type

    number = _read_number(value)
    is_mobile = number is not None and _type_of(number) in (Type.MOBILE, Type.FIXED_LINE_OR_MOBILE)
    if number is None or not is_mobile or not _MOBILE.fullmatch(str(number.national_number)):
        raise PydanticCustomError(
            "mobile_phone", "Envie um celular brasileiro com DDD existente e o nono dígito, como (11) 98765-4321."
        )
    return _international(number)


def read_service_phone(value: Any) -> str:
    """A company's phone: a landline, a mobile, or a number of the whole country such as ``0800``.

    Raises ``PydanticCustomError`` ``service_phone``.
    """
    number = _read_number(value)
    if number is None:
        raise PydanticCustomError("service_phone", "Envie um telefone brasileiro com DDD, ou um 0800, 0300 ou 4004.")
    return _international(number)


def _read_number(value: Any) -> PhoneNumber | None:
    from phonenumbers import NumberParseException, is_valid_number_for_region, parse

    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        value = str(value)
    written = read_text(value)
    if len(written) > 60:
        return None
    text = _CARRIER_PLACE.sub("(0", written, count=1)
    if not _WRITTEN.fullmatch(text) or not text.isascii():
        return None
    # Abroad a plus is dialled as 00.
    text = re.sub(r"^00 ?55", "+55", text)
    try:
        number = parse(text, "BR")
    except NumberParseException:
        return None
    return number if is_valid_number_for_region(number, "BR") else None


def _type_of(number: PhoneNumber) -> int:
    from phonenumbers import number_type

    return number_type(number)


def _international(number: PhoneNumber) -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(number, PhoneNumberFormat.E164)


Phone = Annotated[
    str,
    Read(
        read_phone,
        {
            "type": "string",
            "pattern": PHONE_PATTERN,
            "description": "Telefone brasileiro com DDD; guardado como +55…",
            "examples": ["(84) 90000-0000"],
        },
    ),
]
"""A landline or a mobile with an area code that exists."""

MobilePhone = Annotated[
    str,
    Read(
        read_mobile_phone,
        {
            "type": "string",
            "pattern": MOBILE_PATTERN,
            "description": "Celular brasileiro com DDD; guardado como +55…",
            "examples": ["(11) 98765-4321"],
        },
    ),
]
"""A mobile with an area code that exists; a landline is refused."""

ServicePhone = Annotated[
    str,
    Read(
        read_service_phone,
        {
            "type": "string",
            "pattern": f"^(0[38]00 ?[0-9]{{3}} ?[0-9]{{4}}|{PHONE_PATTERN[1:-1]})$",
            "description": "Telefone de uma empresa, também 0800; guardado como +55…",
            "examples": ["0800 123 4567"],
        },
    ),
]
"""A company's phone, numbers of the whole country (0800) among them."""
