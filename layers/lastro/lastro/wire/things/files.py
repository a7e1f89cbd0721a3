"""What a file that comes in a body is: by how it begins, never by what is claimed. Pure."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PDF = b"%PDF-"
_PDF_HEAD = 1024
_SCAN, _END_OF_IMAGE = b"\xff\xda", b"\xff\xd9"

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


def has_its_end(content: bytes, media_type: str) -> bool:
    """Whether a file came whole, by the mark that ends its kind: an upload that broke off opens nowhere.

    What follows the mark is no fault: cameras and scanners append things. A JPEG's mark is looked for behind its first
    picture data, since a preview before them may have one too.
    """
    match media_type:
        case "image/png":
            return b"IEND" in content
        case "image/jpeg":
            scan = content.find(_SCAN)
            return scan >= 0 and content.find(_END_OF_IMAGE, scan) >= 0
        case _:
            return content.find(b"%%EOF", content.find(_PDF)) >= 0
