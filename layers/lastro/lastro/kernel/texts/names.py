"""Names that partners give their own people: who asks, who decides. Pure."""

from __future__ import annotations

import unicodedata


def person_key(name: str) -> str:
    """The one form in which a person's name is compared and kept under.

    Capitals, spaces around and between, and forms of one character (full width, composed or not) do not tell people
    apart; nor do zeros before a name that is a whole number, which some systems send and others drop.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    key = " ".join(folded.split())
    return key.lstrip("0") or "0" if key.isascii() and key.isdigit() else key


def same_person(one: str, other: str) -> bool:
    """Whether two names are of one person."""
    return person_key(one) == person_key(other)
