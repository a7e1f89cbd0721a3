"""What every object of a body has in common: one value per field, and an empty field is one left out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from lastro.wire.rule import is_empty

DUPLICATE = "duplicate_field"


class WireObject(BaseModel):
    """An object in which ``null`` and an empty text leave a field with a default out (docs/fields.md).

    A field that comes under two of its names with different values is refused, ``duplicate_field``; the names are in
    the error's context. Not for the bodies of a PATCH, where ``null`` takes away.
    """

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _read_once(cls, data: Any) -> Any:
        return read_fields(cls, data) if isinstance(data, dict) else data


def read_fields(kind: type[BaseModel], sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, without the empty fields that may be left out and the empty ones beside their other name.

    Raises ``PydanticCustomError`` ``duplicate_field``.
    """
    kept = dict(sent)
    for name, field in kind.model_fields.items():
        names = [each for each in spellings(kind)[name] if each in kept]
        filled = [each for each in names if not is_empty(kept[each])]
        for other in filled[1:]:
            if kept[other] != kept[filled[0]]:
                raise PydanticCustomError(
                    "duplicate_field",
                    "{first} e {second} são o mesmo campo: envie um só.",
                    {"first": filled[0], "second": other},
                )
        if filled or not field.is_required():
            for empty in set(names) - set(filled):
                del kept[empty]
    return kept


@cache
def spellings(kind: type[BaseModel]) -> Mapping[str, tuple[str, ...]]:
    """Every name a field may be sent under, with all names of that field, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, field in kind.model_fields.items():
        other = field.validation_alias
        choices = other.choices if isinstance(other, AliasChoices) else [other]
        names = [field.alias, *choices, name]
        same = tuple(dict.fromkeys(each for each in names if isinstance(each, str)))
        found |= dict.fromkeys(same, same)
    return found
