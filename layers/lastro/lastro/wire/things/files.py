"""What a file that comes in a body is: by how it begins, never by what is claimed. Pure."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PDF = b"%PDF-"
_PDF_HEAD = 1024

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


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
