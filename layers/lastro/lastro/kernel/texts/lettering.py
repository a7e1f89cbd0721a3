"""Which characters a contract prints exactly as they were written. Pure, and cheap to import.

The base fonts of PDF (ISO 32000-1 §9.6.2.2) in WinAnsiEncoding show Windows-1252: every letter of Portuguese and of
Western Europe. What is taken for a contract has no other character, so that nobody signs a text which differs from
the one that was sent.
"""

from __future__ import annotations

import re

PRINTABLE = (
    "\\x20-\\x7e\\xa0-\\xac\\xae-\\xff\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc\\u2013"
    "\\u2014\\u2018-\\u201a\\u201c-\\u201e\\u2020-\\u2022\\u2026\\u2030\\u2039\\u203a\\u20ac\\u2122"
)
"""The inside of a character class, as Python, JavaScript and JSON Schema read it: Windows-1252 without controls and
the soft hyphen."""

_PRINTABLE = re.compile(f"[{PRINTABLE}]*")
_OTHER = re.compile(f"[^{PRINTABLE}]")


def is_printable(text: str) -> bool:
    """Whether a contract shows every character of ``text`` as it stands; a decomposed accent (NFD) is not one."""
    return _PRINTABLE.fullmatch(text) is not None


def unprintable_in(text: str) -> str:
    """The characters that a contract cannot show, each once, in order; empty when it shows them all."""
    return "".join(dict.fromkeys(_OTHER.findall(text)))
