"""What every text that a contract will print has to keep to when it arrives: characters that it prints exactly."""

from __future__ import annotations

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from lastro.lettering import is_printable


def check_drawable(text: str) -> str:
    """The text itself, unless a contract would not print it exactly.

    Raises ``PydanticCustomError`` ``undrawable``.
    """
    if not is_printable(text):
        raise PydanticCustomError("undrawable", "The contract cannot print this text; write it in Latin letters.")
    return text


Drawable = AfterValidator(check_drawable)
"""On a text: the contract prints it exactly (rule ``undrawable``)."""
