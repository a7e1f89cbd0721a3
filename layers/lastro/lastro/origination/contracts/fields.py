"""What every text that a contract will print has to keep to when it arrives: letters that the typeface can show."""

from __future__ import annotations

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from lastro.origination.contracts.typography import UndrawableText, drawable


def check_drawable(text: str) -> str:
    """The text itself, unless a contract could not show it or nothing of it.

    Raises ``PydanticCustomError`` ``undrawable``.
    """
    try:
        shown = drawable(text)
    except UndrawableText as error:
        raise _undrawable() from error
    if text and not shown:
        raise _undrawable()
    return text


def _undrawable() -> PydanticCustomError:
    return PydanticCustomError("undrawable", "The contract cannot print this text; write it in Latin letters.")


Drawable = AfterValidator(check_drawable)
"""On a text: the contract can print it (rule ``undrawable``)."""
