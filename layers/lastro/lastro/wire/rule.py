"""How a field type is made: one rule reads what arrives, and says in JSON Schema what it promises to take.

A type may take a little more than its schema promises (spaces around a text, a phone as people write it), never less.
What is taken leaves the rule in its one canonical form, and a canonical value is read as itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, LiteralString

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Rule:
    """On a type, as ``Annotated[str, SomeRule()]``: ``read`` runs before the type's own validation.

    Rules are plain classes: every function makes dozens of them before its first request, and dataclasses cost that.
    """

    def read(self, value: Any) -> Any:
        """The canonical value. Raises ``PydanticCustomError`` with a stable name and a sentence in Portuguese."""
        raise NotImplementedError

    def describe(self) -> dict[str, Any]:
        """JSON Schema of what is promised to be taken."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # What a field says to people beside the rule (``Field``) is part of what the type itself would be.
        own = handler(schema)
        return {**self.describe(), **{name: own[name] for name in ("description", "examples") if name in own}}


class Read(Rule):
    """A rule without bounds of its own: a reader and what it promises."""

    def __init__(self, reader: Callable[[Any], Any], schema: Mapping[str, Any]) -> None:
        self.reader = reader
        self.schema = schema

    def read(self, value: Any) -> Any:
        return self.reader(value)

    def describe(self) -> dict[str, Any]:
        return dict(self.schema)


def read_text(value: Any) -> str:
    """A text without the spaces around it. Raises ``PydanticCustomError`` ``string_type``."""
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "Envie um texto.")
    return value.strip(" \t\r\n")


class Shape(Rule):
    """A text of a closed shape, refused under ``rule`` with ``sentence``, never with the pattern.

    ``pattern`` has no anchors; it is told as it stands, anchored. Spaces around the text are dropped unless ``exact``.
    """

    def __init__(
        self, rule: LiteralString, pattern: str, sentence: LiteralString, *, longest: int = 4096, exact: bool = False
    ) -> None:
        self.rule = rule
        self.pattern = pattern
        self.sentence = sentence
        self.longest = longest
        self.exact = exact

    def read(self, value: Any) -> str:
        text = read_text(value)
        if self.exact:
            text = value
        if len(text) > self.longest or not re.fullmatch(self.pattern, text):
            raise PydanticCustomError(self.rule, self.sentence)
        return text

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({self.pattern})$"}


def is_empty(value: Any) -> bool:
    """Whether nothing was sent: ``null`` or a text of blanks."""
    return value is None or (isinstance(value, str) and not value.strip())


def given(*names: str) -> dict[str, Any]:
    """JSON Schema of an object in which these fields are sent and hold something."""
    return {"required": list(names), "properties": {name: {"not": {"enum": [None, ""]}} for name in names}}


class _NeverEmpty:
    """Refuses ``null`` and an empty text, and takes ``null`` out of the JSON Schema."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_something, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler(schema)
        if "anyOf" not in described:
            return described
        choices = [choice for choice in described["anyOf"] if choice != {"type": "null"}]
        return {**described, "anyOf": choices} if len(choices) != 1 else choices[0]


def _something(value: Any) -> Any:
    if is_empty(value):
        raise PydanticCustomError("required", "Este campo não pode ficar vazio: deixe-o de fora para não mudá-lo.")
    return value


NeverEmpty = _NeverEmpty()
"""On a field of a PATCH that what it changes must have: left out it stays, ``null`` or empty it is refused."""
