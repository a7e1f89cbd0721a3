"""A strict reading of the description: valid OpenAPI 3.1, and no schema says what JSON Schema does not know.

JSON Schema passes over keywords that it does not know, so a bound under another name (``ge`` for ``minimum``) binds
nobody, and generators of clients refuse the file or forget the bound. Patterns are ECMAScript's, which knows nothing
of Python's own escapes.

python -m openapi.lint    print every fault; exit 1 when there is one
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from openapi.generate import DOCUMENT
from openapi.routes import ROOT

_DIALECT = files("jsonschema_specifications") / "schemas" / "draft202012" / "vocabularies"
_VOCABULARIES = ("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content")
_OF_OPENAPI = frozenset({"discriminator", "xml", "externalDocs"})
KEYWORDS = _OF_OPENAPI.union(
    *(json.loads(_DIALECT.joinpath(name).read_text(encoding="utf-8"))["properties"] for name in _VOCABULARIES)
)
"""Of JSON Schema 2020-12, as its meta-schemas list them, and of the base vocabulary of OpenAPI 3.1."""

_NAMED = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SINGLE = frozenset({"items", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else"})
_FOR_TYPE: Mapping[str, frozenset[str]] = {
    "string": frozenset({"pattern", "minLength", "maxLength", "format"}),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}),
    "array": frozenset({"items", "minItems", "maxItems", "uniqueItems", "prefixItems"}),
    "object": frozenset({"properties", "required", "additionalProperties", "minProperties", "maxProperties"}),
}
_PYTHON_ONLY = re.compile(r"\\[AZ]|\(\?P[<=]|\(\?[aiLmsux]+[):]")


def list_faults(document: Mapping[str, Any]) -> list[str]:
    """Every fault with its place in the document."""
    found = [
        f"{'.'.join(map(str, error.absolute_path)) or '.'}: {error.message}"
        for error in OpenAPIV31SpecValidator(dict(document)).iter_errors()
    ]
    schemas = document.get("components", {}).get("schemas", {})
    for name, schema in schemas.items():
        found += _faults(schema, f"components.schemas.{name}", schemas)
    for place, schema in _placed_schemas({key: value for key, value in document.items() if key != "components"}, ""):
        found += _faults(schema, place, schemas)
    for part, node in document.get("components", {}).items():
        if part != "schemas":
            for place, schema in _placed_schemas(node, f"components.{part}"):
                found += _faults(schema, place, schemas)
    return found


def _placed_schemas(node: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Every schema outside ``components.schemas``: those of parameters, headers and contents."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "schema":
                yield f"{place}.schema", value
            elif key not in ("example", "examples"):
                yield from _placed_schemas(value, f"{place}.{key}".lstrip("."))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _placed_schemas(value, f"{place}.{position}")


def _faults(schema: Any, place: str, schemas: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    for key in schema.keys() - KEYWORDS:
        yield f"{place}: JSON Schema knows no {key}"
    kinds = schema.get("type")
    for kind, keywords in _FOR_TYPE.items():
        named = {"integer" if kind == "number" else kind, kind}
        useless = keywords & schema.keys()
        if useless and isinstance(kinds, str) and kinds not in named:
            yield f"{place}: {', '.join(sorted(useless))} says nothing of a {kinds}"
    if _PYTHON_ONLY.search(str(schema.get("pattern", ""))):
        yield f"{place}: only Python reads the pattern {schema['pattern']}"
    if "default" in schema:
        whole = {**schema, "components": {"schemas": schemas}}
        yield from (
            f"{place}: the default: {fault.message}" for fault in OAS31Validator(whole).iter_errors(schema["default"])
        )
    for key, value in schema.items():
        if key in _SINGLE:
            yield from _faults(value, f"{place}.{key}", schemas)
        elif key in _LISTED:
            for position, each in enumerate(value):
                yield from _faults(each, f"{place}.{key}.{position}", schemas)
        elif key in _NAMED:
            for name, each in value.items():
                yield from _faults(each, f"{place}.{key}.{name}", schemas)


def main() -> int:
    faults = list_faults(json.loads(DOCUMENT.read_text(encoding="utf-8")))
    sys.stderr.write("".join(f"{DOCUMENT.relative_to(ROOT)}: {fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
