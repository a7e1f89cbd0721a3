"""How a field type is made: one rule reads what arrives, and says in JSON Schema what it promises to take.

A type may take a little more than its schema promises (spaces around a text, a phone as people write it), never less.
What is taken leaves the rule in its one canonical form, and a canonical value is read as itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Rule:
    """On a type, as ``Annotated[str, SomeRule()]``: ``read`` runs before the type's own validation."""

    def read(self, value: Any) -> Any:
        """The canonical value. Raises ``PydanticCustomError`` with a stable name and a sentence in Portuguese."""
        raise NotImplementedError

    def describe(self) -> dict[str, Any]:
        """JSON Schema of what is promised to be taken."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.describe()


@dataclass(frozen=True, slots=True)
class Read(Rule):
    """A rule without bounds of its own: a reader and what it promises."""

    reader: Callable[[Any], Any]
    schema: Mapping[str, Any]

    def read(self, value: Any) -> Any:
        return self.reader(value)

    def describe(self) -> dict[str, Any]:
        return dict(self.schema)


class _MayBeEmpty:
    """Drops an empty text before validation and says in the JSON Schema that one may be sent."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        given = handler(source)
        accepted = core_schema.union_schema([given, core_schema.literal_schema([""])])
        return core_schema.no_info_before_validator_function(_left_out, given, json_schema_input_schema=accepted)


def _left_out(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


MayBeEmpty = _MayBeEmpty()
"""On an optional field: an empty text is the same as ``null``."""
