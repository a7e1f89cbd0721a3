"""The text of a web address. Whether it may be called is for who calls, which has names for what is wrong with it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.wire.rule import Read, Shape, read_text

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

HttpsUrl = Annotated[
    str,
    Shape(
        "https_address",
        r"https://([A-Za-z0-9-]{1,63}[.])+[A-Za-z][A-Za-z0-9-]{1,62}(:[0-9]{1,5})?([/?#][!#-;=?-\[\]_a-z~]*)?",
        "Envie um endereço completo, como https://example.com/logo.png.",
        longest=MAX_URL,
    ),
]
"""An address that is shown as a link or an image: https and a name of the network, with what RFC 3986 lets stand."""
