"""What a person is called in its pool, the portal's or the panel's: partner and person, nothing personal. Pure."""

from __future__ import annotations

import re

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NAME = re.compile(f"({_UUID})[.]({_UUID})")


def name_person(partner_id: str, person_id: str) -> str:
    """``<partner>.<person>``, both UUIDs."""
    return f"{partner_id}.{person_id}"


def read_person(name: str) -> tuple[str, str] | None:
    """Partner and person of such a name; ``None`` for any other."""
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found else None
