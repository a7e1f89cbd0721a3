"""What a document's bytes are: decoded from Base64, recognised by how they begin and never by what is claimed. Pure."""

from __future__ import annotations

import base64
import binascii
import re

from lastro.errors import FieldError, InvalidInput, PayloadTooLarge

MAX_FILE_BYTES = 4_000_000
"""Decoded size of a document: in Base64, with the rest of its body, it must fit in the 6 MB a function may receive."""

_DATA_URI = re.compile(r"data:[a-z]+/[a-z]+;base64,")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PDF = b"%PDF-"
_PDF_HEAD = 1024

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


def decode_file(text: str) -> bytes:
    """The bytes of a Base64 text, with or without ``data:…;base64,`` before it and with any line breaks.

    Raises ``InvalidInput`` when it is not Base64 or empty and ``PayloadTooLarge`` above four million bytes.
    """
    bare = "".join(_DATA_URI.sub("", text, count=1).split())
    try:
        content = base64.b64decode(bare, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInput([FieldError("base64", "base64", "Send the file in Base64.")]) from error
    if not content:
        raise InvalidInput([FieldError("base64", "empty", "The file is empty.")])
    if len(content) > MAX_FILE_BYTES:
        raise PayloadTooLarge(f"The file is over {MAX_FILE_BYTES} bytes.", code="document_too_large")
    return content


def recognise(content: bytes) -> str | None:
    """Media type by the first bytes, ``None`` for anything but a JPEG, a PNG or a PDF."""
    if content.startswith(_JPEG):
        return "image/jpeg"
    if content.startswith(_PNG):
        return "image/png"
    # Readers of PDF take the header anywhere in the first kilobyte.
    if _PDF in content[:_PDF_HEAD]:
        return "application/pdf"
    return None


def check_content(content: bytes, media_type: str) -> None:
    """Raises ``InvalidInput`` ``content_mismatch`` when the bytes are not what ``media_type`` says."""
    if recognise(content) != media_type:
        text = "The file's bytes are not of this mimeType."
        raise InvalidInput([FieldError("base64", "content_mismatch", text)])
