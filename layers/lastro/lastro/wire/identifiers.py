"""What names a thing: numbers, UUIDs, the partner's own ids, words of a catalogue, idempotency keys."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import Field
from pydantic_core import PydanticCustomError

from lastro.wire.amounts import InWhole
from lastro.wire.rule import Read, read_text
from lastro.wire.text import Label

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,80}")


def read_uuid(value: Any) -> str:
    """A UUID in small letters with its hyphens. Raises ``PydanticCustomError`` ``uuid``."""
    text = read_text(value).lower()
    if not _UUID.fullmatch(text):
        raise PydanticCustomError("uuid", "Envie um UUID, como 0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10.")
    return text


def read_word(value: Any) -> str:
    """A code of a catalogue. Raises ``PydanticCustomError`` ``code``."""
    text = read_text(value)
    if not _WORD.fullmatch(text):
        raise PydanticCustomError("code", "Envie um código de letras sem acento, dígitos, ponto, hífen ou sublinhado.")
    return text


def _read_own_id(value: Any) -> str:
    return Label(120).read(unquote(value) if isinstance(value, str) else value)


Number = Annotated[int, InWhole(1, 10**12 - 1, written=True), Field(examples=[1])]
"""The number of one of our records."""

Uuid = Annotated[
    str,
    Read(
        read_uuid,
        {
            "type": "string",
            "format": "uuid",
            "description": "UUID",
            "examples": ["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"],
        },
    ),
]
Code = Annotated[str, Read(read_word, {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,80}$"})]
"""A word of a published catalogue: a report, a feature, a provider."""

OwnId = Annotated[str, Label(120)]
"""The partner's own id of something, a text or a whole number."""

PathOwnId = Annotated[str, Read(_read_own_id, Label(120).describe())]
"""The same in a path, where API Gateway leaves escapes as they stood."""

IdempotencyKey = Annotated[str | None, Field(exclude=True, description="The Idempotency-Key header")]
