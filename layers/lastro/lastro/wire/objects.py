"""What every object of a request has in common: one value per field, and one rule for what is absent or empty.

``null`` and a text of blanks are an empty field (docs/fields.md). In a ``WireObject`` an empty field that may be left
out is left out, so that it takes its default; in a ``Patch``, where what is left out stays, it is ``None``: taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, get_args

from pydantic import AliasChoices, BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from lastro.wire.rule import NeverEmpty, is_empty

DUPLICATE = "duplicate_field"
EMPTY: tuple[dict[str, Any], ...] = ({"type": "null"}, {"const": "", "type": "string"})
"""JSON Schema of the two empty values."""
_OF_A_FIELD = frozenset({"description", "default", "examples"})


class WireObject(BaseModel):
    """An object in which ``null`` and an empty text leave a field with a default out. Unknown fields are ignored.

    A field that comes under two of its names with different values is refused, ``duplicate_field``; the names are in
    the error's context.
    """

    # Of all that a module describes, the entrypoint makes what its call reads; parts are made within the whole.
    model_config = ConfigDict(extra="ignore", defer_build=True)

    empty_clears: ClassVar[bool] = False

    @model_validator(mode="before")
    @classmethod
    def _read_once(cls, data: Any) -> Any:
        return read_fields(cls, data) if isinstance(data, dict) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler(schema)
        if handler.mode == "validation":
            properties = handler.resolve_ref_schema(described).get("properties", {})
            for name, field in cls.model_fields.items():
                if not field.is_required() and NeverEmpty not in field.metadata:
                    for spelt in spellings(cls)[name]:
                        if spelt in properties:
                            properties[spelt] = or_empty(properties[spelt])
        return described


class Bounding(WireObject):
    """An object whose fields bound what is allowed: an unknown one is refused, for the bound it means would not hold.

    ``answered`` are names that a GET tells beside its fields: what was read may be sent back.
    """

    model_config = ConfigDict(extra="forbid")

    answered: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _read_once(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in read_fields(cls, data).items() if name not in cls.answered}


class Patch(WireObject):
    """An object of changes: a field left out stays, an empty one is ``None`` and among ``model_fields_set``.

    What cannot be taken away is marked ``NeverEmpty``.
    """

    empty_clears: ClassVar[bool] = True


def or_empty(schema: Mapping[str, Any]) -> dict[str, Any]:
    """JSON Schema of a field that takes ``null`` and an empty text beside what ``schema`` tells.

    An object as a default goes: its own schema tells the defaults of its fields, and generators of clients want a plain
    value.
    """
    told = {key: value for key, value in schema.items() if key in _OF_A_FIELD and not isinstance(value, dict)}
    own = {key: value for key, value in schema.items() if key not in _OF_A_FIELD}
    choices = own.get("anyOf", [own])
    return {"anyOf": [*choices, *(empty for empty in EMPTY if empty not in choices)], **told} if own else told


def describe_changes(kind: type[WireObject]) -> dict[str, Any]:
    """JSON Schema of each field of a PATCH that is merged into what ``kind`` made and then checked as a ``kind``.

    Objects are told as their parts, none of them required.
    """
    made = kind.model_json_schema()
    return {name: _change_of(part, made["$defs"]) for name, part in made["properties"].items()}


def _change_of(schema: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in schema.items() if key not in ("title", "default", "required")}
    if "$ref" in told:
        return {**_change_of(known[told.pop("$ref").rpartition("/")[2]], known), **told}
    if "anyOf" in told:
        return {**told, "anyOf": [_change_of(choice, known) for choice in told["anyOf"]]}
    if "items" in told:
        return {**told, "items": _change_of(told["items"], known)}
    if "properties" in told:
        told["properties"] = {name: _change_of(part, known) for name, part in told["properties"].items()}
    return told


def read_fields(kind: type[WireObject], sent: Mapping[str, Any]) -> dict[str, Any]:
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
        for empty in set(names) - set(filled):
            if filled or not (field.is_required() or kind.empty_clears):
                del kept[empty]
            elif not field.is_required():
                kept[empty] = None
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


def as_sent(kind: type[BaseModel], place: str, sent: Any) -> str:
    """A dotted place of a request by the names that it was sent under, where a field has several."""
    kinds: tuple[type[BaseModel], ...] = (kind,)
    node, path = sent, []
    for part in place.split("."):
        name = part
        if isinstance(node, Mapping):
            others = next((spellings(each)[part] for each in kinds if part in spellings(each)), (part,))
            # A name that came empty beside another of the same field was not read.
            named = sorted((each for each in (part, *others) if each in node), key=lambda each: is_empty(node[each]))
            name = named[0] if named else part
            kinds = tuple(model for each in kinds for model in _models_under(each, part))
            node = node.get(name)
        elif isinstance(node, list) and part.isdecimal():
            node = node[int(part)] if int(part) < len(node) else None
        path.append(name)
    return ".".join(path)


@cache
def _models_under(kind: type[BaseModel], name: str) -> tuple[type[BaseModel], ...]:
    """The models that a field, by any of its names, may hold, in lists and among others too."""
    found: list[type[BaseModel]] = []
    wanted: list[Any] = [field.annotation for own, field in kind.model_fields.items() if name in spellings(kind)[own]]
    while wanted:
        each = wanted.pop()
        if isinstance(each, type) and issubclass(each, BaseModel):
            found.append(each)
        wanted += get_args(each)
    return tuple(found)
