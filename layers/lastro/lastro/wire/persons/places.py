"""Where something is: the 27 federal units and the CEP."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.wire.rule import Read, read_text

STATES = (
    *("AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA"),
    *("PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO"),
)
"""The federal units by their two letters (IBGE)."""

_KNOWN = frozenset(STATES)
_ZIP_CODE = re.compile(r"([0-9]{2})\.?([0-9]{3})-?([0-9]{3})")
_LOWEST_ZIP_CODE = "01000000"


def read_state(value: Any) -> str:
    """Two capital letters. Raises ``PydanticCustomError`` ``state``."""
    text = read_text(value)
    if not (text.isascii() and text.upper() in _KNOWN):
        raise PydanticCustomError("state", "Envie a sigla de uma das 27 unidades da federação, como SP.")
    return text.upper()


def read_zip_code(value: Any) -> str:
    """Eight digits; a number gets its zero back. Raises ``PydanticCustomError`` ``zip_code``."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**8:
        value = f"{value:08d}"
    match = _ZIP_CODE.fullmatch(read_text(value))
    digits = "".join(match.groups()) if match else ""
    if digits < _LOWEST_ZIP_CODE:
        raise PydanticCustomError("zip_code", "Envie um CEP de 8 dígitos, como 01001-000 ou 01001000.")
    return digits


State = Annotated[
    str,
    Read(
        read_state,
        {"type": "string", "enum": list(STATES), "description": "Sigla da unidade da federação", "examples": ["SP"]},
    ),
]
ZipCode = Annotated[
    str,
    Read(
        read_zip_code,
        {
            "type": "string",
            "pattern": "^(0[1-9]|[1-9][0-9])[0-9]{3}-?[0-9]{3}$",
            "description": "CEP; guardado com 8 dígitos",
            "examples": ["01001-000"],
        },
    ),
]
