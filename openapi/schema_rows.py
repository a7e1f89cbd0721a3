"""A JSON Schema as a table of fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from openapi.components import PREFIX
from openapi.markup import render_inline

Schema = Mapping[str, Any]

_TYPES = {
    **{"string": "texto", "integer": "inteiro", "number": "número", "boolean": "booleano"},
    **{"object": "objeto", "array": "lista", "null": "nulo"},
}
_FORMATS = {"date-time": "data e hora", "date": "data"}
_LIMITS = {
    **{"minimum": "≥ {}", "maximum": "≤ {}", "exclusiveMinimum": "> {}", "exclusiveMaximum": "< {}"},
    **{"minLength": "mínimo de {} caracteres", "maxLength": "até {} caracteres"},
    **{"minItems": "mínimo de {} itens", "maxItems": "até {} itens", "pattern": "padrão {}"},
}


def anchor_of(name: str) -> str:
    return f"esquema-{name}"


def render_type(schema: Schema) -> str:
    """The type in a few words, linked to the schema it names."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PREFIX)
        return f'<a href="#{anchor_of(name)}">{escape(name)}</a>'
    if "anyOf" in schema:
        return " ou ".join(render_type(choice) for choice in schema["anyOf"])
    if "const" in schema:
        return f"<code>{_literal(schema['const'])}</code>"
    if "enum" in schema:
        return " | ".join(f"<code>{_literal(choice)}</code>" for choice in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return f"lista de {render_type(schema['items'])}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"objeto de {render_type(schema['additionalProperties'])}"
    if kind is None:
        return "qualquer valor"
    return _FORMATS.get(schema.get("format", ""), _TYPES[kind])


def render_fields(schema: Schema) -> Iterator[str]:
    """The fields of an object, or the type of anything else."""
    if not schema.get("properties"):
        yield f"<p>{render_type(schema)}</p>"
        return
    required = schema.get("required", [])
    yield render_table_head("Campo", "Tipo", "Descrição")
    for name, field in schema["properties"].items():
        mark = ' <em title="obrigatório">*</em>' if name in required else ""
        yield (
            f"<tr><td><code>{escape(name)}</code>{mark}</td><td>{render_type(field)}</td>"
            f"<td>{explain_field(field)}</td></tr>"
        )
    yield "</tbody></table></div>"


def render_table_head(*titles: str) -> str:
    """A table begun: its head, up to the first row."""
    cells = "".join(f"<th>{title}</th>" for title in titles)
    return f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>'


def explain_field(field: Schema) -> str:
    """Description, limits, default and an example."""
    parts = []
    limits = [*_limits_of(field)]
    for choice in field.get("anyOf", []):
        field = {"description": choice.get("description"), "examples": choice.get("examples"), **field}
        limits += _limits_of(choice)
    if field.get("description"):
        parts.append(f"<span>{render_inline(field['description'])}</span>")
    parts += [f"<small>{escape(limit)}</small>" for limit in limits]
    if field.get("default") is not None:
        parts.append(f"<small>padrão <code>{_literal(field['default'])}</code></small>")
    if field.get("examples") and field["examples"][0] is not None:
        parts.append(f"<small>ex.: <code>{_literal(field['examples'][0])}</code></small>")
    return "<br>".join(parts)


def _limits_of(schema: Schema) -> list[str]:
    return [text.format(schema[key]) for key, text in _LIMITS.items() if key in schema]


def _literal(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False), quote=False)
