"""JSON Schemas of the models, made by pydantic, under the names partners read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from lastro.simulations.conditions.reasons import Reason
from openapi.handlers import Operation, Undocumented

PREFIX = "#/components/schemas/"
Schema = dict[str, Any]
Key = tuple[type[BaseModel], JsonSchemaMode]


class _Untitled(GenerateJsonSchema):
    """Without the titles pydantic makes out of field names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the signature is pydantic's
        return False


class Components:
    """``schemas`` by name; ``schema_of`` points at one of them."""

    def __init__(self, operations: Iterable[Operation], others: Iterable[type[BaseModel]]) -> None:
        keys: dict[Key, None] = dict.fromkeys((model, "serialization") for model in others)
        for operation in operations:
            if operation.answer:
                keys[operation.answer, "serialization"] = None
            if operation.request:
                keys[operation.request, "validation"] = None
        references, document = models_json_schema(
            list(keys), ref_template=PREFIX + "{model}", schema_generator=_Untitled
        )
        names = _short_names(document["$defs"])
        self.schemas: dict[str, Schema] = {
            names[name]: _mend({key: value for key, value in schema.items() if key != "title"}, names)
            for name, schema in document["$defs"].items()
        }
        self.schemas = dict(sorted(self.schemas.items()))
        self._references = {key: _mend(reference, names) for key, reference in references.items()}
        self._describe_reasons()

    def schema_of(self, model: type[BaseModel], mode: JsonSchemaMode) -> Schema:
        """A reference to the model's schema."""
        return dict(self._references[model, mode])

    def resolve(self, schema: Mapping[str, Any]) -> Schema:
        """The schema itself where ``schema`` is a reference."""
        reference = schema.get("$ref")
        return self.schemas[reference.removeprefix(PREFIX)] if reference else dict(schema)

    def keep_used(self, document: Any) -> None:
        """Drop every schema that neither the document nor a kept schema mentions."""
        used: set[str] = set()
        waiting = [document]
        while waiting:
            for name in _references(waiting.pop()) - used:
                used.add(name)
                waiting.append(self.schemas[name])
        self.schemas = {name: schema for name, schema in self.schemas.items() if name in used}

    def _describe_reasons(self) -> None:
        lines = [f"- `{reason}`: {reason.text}" for reason in Reason]
        intro = "Why a condition is not available. The list is closed; the texts are what `reason` carries."
        self.schemas["ReasonIdentifier"]["description"] = "\n".join([intro, "", *lines])


def _short_names(definitions: Iterable[str]) -> dict[str, str]:
    """``lastro__access__views__BankView``, pydantic's answer to two models of one name, becomes ``AccessBankView``."""
    names = {}
    for name in definitions:
        parts = name.split("__")
        short = parts[1].capitalize() + parts[-1] if parts[0] == "lastro" and len(parts) > 2 else name
        names[name] = "ReasonIdentifier" if short == Reason.__name__ else short
    if len(set(names.values())) != len(names):
        raise Undocumented(f"two models share a name: {sorted(names.values())}")
    return names


def _mend(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        # A field that is left out is left out: null as its default tells nothing, least where null is refused.
        return {key: _mend_value(key, value, names) for key, value in node.items() if (key, value) != ("default", None)}
    return [_mend(item, names) for item in node] if isinstance(node, list) else node


def _mend_value(key: str, value: Any, names: Mapping[str, str]) -> Any:
    if key == "$ref" and isinstance(value, str):
        return PREFIX + names[value.removeprefix(PREFIX)]
    if key == "description" and isinstance(value, str):
        return re.sub(r"\s*\n(?!\n)\s*", " ", value).replace("``", "`")
    return _mend(value, names)


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"].removeprefix(PREFIX)} if str(node.get("$ref", "")).startswith(PREFIX) else set()
        return own.union(*(_references(value) for value in node.values()))
    if isinstance(node, list):
        return set[str]().union(*(_references(item) for item in node))
    return set()
