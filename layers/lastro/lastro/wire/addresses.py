"""The text of a web address. Whether it may be called is for who calls (``webhooks.model``)."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from lastro.wire.rule import Read

MAX_URL = 2048
_URL = re.compile(r"https?://[!-\[\]-~]+", re.IGNORECASE)


def read_url(value: Any) -> str:
    """Printable ASCII with a scheme of the web. Raises ``PydanticCustomError`` ``url``; the text is never repeated."""
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > MAX_URL or not _URL.fullmatch(text):
        raise PydanticCustomError(
            "url", "Envie um endereço https:// completo, sem espaços nem acentos, com até 2048 caracteres."
        )
    return text


Url = Annotated[
    str,
    Read(
        read_url,
        {
            "type": "string",
            "format": "uri",
            "pattern": r"^https?://[!-~]+$",
            "maxLength": MAX_URL,
            "examples": ["https://loja.example.com.br/avisos"],
        },
    ),
]
