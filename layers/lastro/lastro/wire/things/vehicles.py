"""How vehicles are named outside: plate, chassis number (VIN) and Renavam."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.wire.rule import Read, read_text

_PLATE = re.compile(r"([A-Z]{3})[- ]?([0-9])([A-Z0-9])([0-9]{2})")
_CHASSI = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_RENAVAM_WEIGHTS = (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


def read_plate(value: Any) -> str:
    """Seven letters and digits, of the old or the Mercosur form. Raises ``PydanticCustomError`` ``license_plate``."""
    match = _PLATE.fullmatch(read_text(value).upper())
    if not match:
        raise PydanticCustomError("license_plate", "Envie uma placa como ABC1234 ou ABC1D23.")
    return "".join(match.groups())


def mercosur_plate(plate: str) -> str:
    """The plate that a vehicle has or gets for the same registration: ``ABC1234`` and ``ABC1C34`` are one vehicle's.

    The second digit of an old plate became the letter of its place, 0 an A to 9 a J (Resolução Contran 969/2022,
    annex I).
    """
    letter = plate[4]
    return plate[:4] + ("ABCDEFGHIJ"[int(letter)] if letter.isdigit() else letter) + plate[5:]


def read_chassi(value: Any) -> str:
    """Seventeen letters and digits, no I, O, Q (ABNT NBR 6066). Raises ``PydanticCustomError`` ``chassi_code``."""
    text = read_text(value).upper()
    if not _CHASSI.fullmatch(text):
        raise PydanticCustomError("chassi_code", "Envie um chassi de 17 letras e dígitos, sem I, O nem Q.")
    return text


def read_renavam(value: Any) -> str:
    """Eleven digits; one of nine gets its zeros. Raises ``PydanticCustomError`` ``renavam_code``."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else read_text(value)
    digits = text.zfill(11)
    if not (text.isascii() and text.isdigit() and 9 <= len(text) <= 11) or not _is_checked(digits):
        raise PydanticCustomError("renavam_code", "Envie um Renavam de 9 a 11 dígitos, com dígito verificador certo.")
    return digits


def _is_checked(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:10], _RENAVAM_WEIGHTS, strict=True))
    return int(digits) > 0 and total * 10 % 11 % 10 == int(digits[10])


LicensePlate = Annotated[str, Read(read_plate, {"type": "string", "pattern": "^[A-Z]{3}[0-9][A-Z0-9][0-9]{2}$"})]
Chassi = Annotated[str, Read(read_chassi, {"type": "string", "pattern": "^[A-HJ-NPR-Z0-9]{17}$"})]
Renavam = Annotated[str, Read(read_renavam, {"type": "string", "pattern": "^[0-9]{9,11}$"})]
