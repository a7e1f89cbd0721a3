"""Every value that a request takes is described with what it may be: a pattern, a list, bounds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from openapi.generate import DOCUMENT

DESCRIPTION: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = DESCRIPTION["components"]["schemas"]
OPERATIONS = {call["operationId"]: call for item in DESCRIPTION["paths"].values() for call in item.values()}
BOUNDS = {
    "string": ("pattern", "format", "maxLength"),
    "integer": ("minimum",),
    "number": ("minimum",),
    "array": ("maxItems",),
}


def unbounded(schema: dict[str, Any], place: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Places of a schema that say nothing but a type, or not even that."""
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        if name not in seen:
            yield from unbounded(SCHEMAS[name], place, seen | {name})
        return
    if "enum" in schema or "const" in schema:
        return
    kind, choices = schema.get("type"), schema.get("anyOf", schema.get("oneOf", []))
    if kind in BOUNDS and not set(BOUNDS[kind]) & schema.keys():
        yield f"{place}: any {kind}"
    if kind in ("integer", "number") and not {"maximum", "exclusiveMaximum"} & schema.keys():
        yield f"{place}: a {kind} without end"
    if kind is None and not choices:
        yield f"{place}: anything"
    # Beside properties, choices only say which of them are wanted together.
    for choice in choices if "properties" not in schema else ():
        yield from unbounded(choice, place, seen)
    for part in ("items", "additionalProperties"):
        if isinstance(schema.get(part), dict):
            yield from unbounded(schema[part], f"{place}.*", seen)
    for field, part in schema.get("properties", {}).items():
        yield from unbounded(part, f"{place}.{field}", seen)


def test_what_is_taken_is_bounded(subtests: pytest.Subtests) -> None:
    for name in OPERATIONS:
        with subtests.test(name=name):
            operation = OPERATIONS[name]
            for parameter in operation.get("parameters", []):
                if "schema" in parameter:
                    assert list(unbounded(parameter["schema"], parameter["name"])) == []
            for content in operation.get("requestBody", {"content": {}})["content"].values():
                assert list(unbounded(content["schema"], "body")) == []
