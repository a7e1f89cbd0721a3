"""Where raw answers and files lie in the archive, and what they are called when saved."""

from __future__ import annotations

from lastro.bureaus.model import Inquiry

_SUFFIXES = {
    "application/json": "json",
    "application/pdf": "pdf",
    "text/html": "html",
    "text/xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


def inquiry_file(partner_id: str, inquiry_id: str, name: str) -> str:
    """Name of an inquiry's file: ``answer`` or ``attachment``."""
    return f"inquiries/{partner_id}/{inquiry_id}/{name}"


def inquiry_folder(partner_id: str, inquiry_id: str) -> str:
    """Below which an inquiry's files lie."""
    return f"inquiries/{partner_id}/{inquiry_id}/"


def saved_name(stem: str, content_type: str) -> str:
    """What a person saves it as; never with a document in it."""
    return f"{stem}.{_SUFFIXES.get(content_type.split(';')[0].strip().lower(), 'bin')}"


def source_of(inquiry: Inquiry) -> str:
    """The inquiry that holds the files: a stored answer's are those of its source."""
    return inquiry.source_id or inquiry.id
