"""What a document's bytes are: decoded from Base64, recognised by how they begin and end, not by what is claimed. Pure.

A ``data:`` address is read as RFC 2397 defines it: media type and parameters as they like, Base64 or escaped octets.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from lastro.kernel.errors import InvalidInput
from lastro.origination.errors import (
    CONTENT_MISMATCH,
    DOCUMENT_TOO_LARGE,
    FILE_CUT_OFF,
    FILE_EMPTY,
    FILE_NOT_BASE64,
    WRONG_DATA_ADDRESS,
)
from lastro.wire.things.files import EXTENSIONS, has_its_end, recognise

__all__ = ["EXTENSIONS", "check_content", "decode_file", "read_media_type", "recognise"]

MAX_FILE_BYTES = 4_000_000
"""Decoded size of a document: in Base64, with the rest of its body, it must fit in the 6 MB a function may receive."""

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_DATA_URL = re.compile(
    rf"""data:(?:{_WORD}/{_WORD})?(?:;{_WORD}=(?:"(?:[^"\\]|\\.)*"|[^;,"]*))*(?P<base64>;base64)?,""",
    re.IGNORECASE,
)
_LONGEST_HEAD = 2000
ANY_MEDIA_TYPE = "application/octet-stream"
"""Says nothing of a file but that it is one."""

_OTHER_MEDIA_TYPES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "application/x-pdf": "application/pdf",
}


def read_media_type(value: Any) -> Any:
    """A media type in small letters without its parameters, older names told by today's; no text: as it is."""
    if not isinstance(value, str):
        return value
    essence = value.partition(";")[0].strip().lower()
    return _OTHER_MEDIA_TYPES.get(essence, essence)


def decode_file(text: str) -> bytes:
    """The bytes of a Base64 text with any line breaks, or of a ``data:`` address.

    Raises ``InvalidInput`` when it is neither or empty and ``PayloadTooLarge`` above four million bytes.
    """
    bare = "".join(text.split())
    content = _decode_address(bare) if bare[:5].lower() == "data:" else _decode_base64(bare)
    if not content:
        raise InvalidInput([FILE_EMPTY.at("base64")])
    if len(content) > MAX_FILE_BYTES:
        raise DOCUMENT_TOO_LARGE(most=MAX_FILE_BYTES)
    return content


def _decode_address(text: str) -> bytes:
    head = _DATA_URL.match(text[:_LONGEST_HEAD])
    if head is None:
        raise InvalidInput([WRONG_DATA_ADDRESS.at("base64")])
    data = text[head.end() :]
    if not head["base64"]:
        return unquote_to_bytes(data)
    return _decode_base64(unquote(data) if "%" in data else data)


def _decode_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInput([FILE_NOT_BASE64.at("base64")]) from error


def check_content(content: bytes, claimed: str) -> str:
    """The media type of the bytes.

    Raises ``InvalidInput``: ``content_mismatch`` when it is not the one claimed, or none that is taken, ``cut_off``
    when its end is missing.
    """
    found = recognise(content)
    if found is None or claimed not in (found, ANY_MEDIA_TYPE):
        raise InvalidInput([CONTENT_MISMATCH.at("base64")])
    if not has_its_end(content, found):
        raise InvalidInput([FILE_CUT_OFF.at("base64")])
    return found


def folder_name(partner_id: str, process_id: str) -> str:
    """Below which the documents of a process lie, also those that others replaced."""
    return f"documents/{partner_id}/{process_id}/"
