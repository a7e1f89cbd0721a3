"""The text of a web address. Whether it may be called is for who calls, which has names for what is wrong with it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.wire.rule import Read, read_text

MAX_URL = 2048


def read_url(value: Any) -> str:
    """A text of at most 2048 characters. Raises ``PydanticCustomError``; the address is never repeated."""
    text = read_text(value)
    if not text:
        raise PydanticCustomError("string_too_short", "Envie um endereço https:// completo.")
    if len(text) > MAX_URL:
        raise PydanticCustomError("string_too_long", "Envie um endereço de no máximo 2048 caracteres.")
    return text


Url = Annotated[
    str,
    Read(
        read_url,
        {
            "type": "string",
            "format": "uri",
            "pattern": "^https://[!-~]+$",
            "maxLength": MAX_URL,
            "examples": ["https://loja.example.com.br/avisos"],
        },
    ),
]
