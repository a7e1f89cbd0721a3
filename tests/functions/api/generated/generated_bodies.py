"""Bodies made of nothing but the published schemas, as somebody would who never read a page of the documentation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from lastro.kernel.calendar import SystemClock, local_date
from lastro.kernel.documents import InvalidDocument, parse_document
from openapi.generate import DOCUMENT

Schema = Mapping[str, Any]
DESCRIPTION: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
PAST = ("até hoje", "até agora")
YESTERDAY = local_date(SystemClock().now()) - timedelta(days=1)
_INTEGERS = (-(10**6), 10**6)


def bodies_of(operation: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What the schema of an operation's body allows."""
    return _values(json.dumps(operation["requestBody"]["content"]["application/json"]["schema"]))


@cache
def _values(text: str) -> st.SearchStrategy[Any]:
    schema: Schema = json.loads(text)
    if "$ref" in schema:
        return st.deferred(lambda: _values(json.dumps(_referred(schema))))
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "not" in schema:
        unwanted = schema["not"]["enum"]
        rest = {key: value for key, value in schema.items() if key != "not"}
        return _values(json.dumps(rest)).filter(lambda value: value not in unwanted)
    for choices in ("anyOf", "oneOf"):
        if choices in schema:
            whole = {key: value for key, value in schema.items() if key not in (choices, "default", "examples")}
            return st.one_of([_values(json.dumps(_joined(whole, choice))) for choice in schema[choices]])
    return _of_type(schema)


def _joined(whole: Schema, choice: Schema) -> Schema:
    """One of several choices together with what holds for all of them; fields that only others require are left out."""
    if "properties" not in whole:
        return choice
    properties = {**whole["properties"]}
    for name, part in choice.get("properties", {}).items():
        own = properties.get(name, {})
        properties[name] = {**own, **part} if "$ref" not in own else _joined(_referred(own), part)
    return {**whole, "properties": properties, "required": [*whole.get("required", []), *choice.get("required", [])]}


def _referred(schema: Schema) -> Schema:
    found: Schema = DESCRIPTION["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _of_type(schema: Schema) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "object":
            return _objects(schema)
        case "array":
            least, most = schema.get("minItems", 0), schema.get("maxItems", 3)
            items = _values(json.dumps(schema.get("items", {})))
            return st.lists(items, min_size=least, max_size=max(least, min(most, 3)))
        case "integer":
            least, most = _bounds(schema, 1)
            return st.integers(least, most)
        case "number":
            least, most = _bounds(schema, 0)
            # As people write amounts and percentages; what has more decimals is another matter.
            return st.integers(least * 100, most * 100).map(lambda hundredths: hundredths / 100) | st.integers(
                least, most
            )
        case "string":
            return _texts(schema)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
    return st.none() | st.booleans() | st.integers() | st.text(max_size=5)


def _bounds(schema: Schema, step: int) -> tuple[int, int]:
    least, most = _INTEGERS
    if "minimum" in schema or "exclusiveMinimum" in schema:
        least = -(-schema["minimum"] // 1) if "minimum" in schema else schema["exclusiveMinimum"] + step
        most = max(most, least)
    if "maximum" in schema or "exclusiveMaximum" in schema:
        most = schema["maximum"] // 1 if "maximum" in schema else schema["exclusiveMaximum"] - step
        least = min(least, most)
    return int(least), int(most)


def _objects(schema: Schema) -> st.SearchStrategy[dict[str, Any]]:
    required = schema.get("required", [])
    parts = {name: _values(json.dumps(part)) for name, part in schema.get("properties", {}).items()}
    return st.fixed_dictionaries(
        {name: part for name, part in parts.items() if name in required},
        optional={name: part for name, part in parts.items() if name not in required},
    )


def _texts(schema: Schema) -> st.SearchStrategy[str]:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    made: st.SearchStrategy[str]
    match schema.get("format"):
        case "date":
            made = _days(schema).map(date.isoformat)
        case "date-time":
            made = st.tuples(_days(schema), st.times()).map(lambda moment: f"{moment[0]}T{moment[1].isoformat()}Z")
        case "ipv4" | "ipv6" as version:
            made = st.ip_addresses(v=4 if version == "ipv4" else 6).map(str)
        case "email":
            made = st.from_regex(r"[a-z]{1,10}@[a-z]{2,10}\.com\.br", fullmatch=True)
        case "uuid":
            made = st.uuids().map(str)
        case "uri":
            made = st.from_regex(r"https://[a-z]{2,10}\.example\.com/[a-z]{0,10}", fullmatch=True)
        case "cpf":
            made = _documents(9)
        case "cnpj":
            made = _documents(12)
        case "cpf-cnpj":
            made = _documents(9) | _documents(12)
        case _ if "pattern" in schema:
            made = st.from_regex(str(schema["pattern"]), fullmatch=True)
        case _:
            return st.text(st.characters(exclude_categories=["Cs"]), min_size=least, max_size=most or least + 20)
    return made.filter(lambda text: least <= len(text) <= (most or len(text)))


def _days(schema: Schema) -> st.SearchStrategy[date]:
    """Days to come too, unless the field's description says that there is none: JSON Schema knows no today."""
    past = any(words in schema.get("description", "") for words in PAST)
    return st.dates(date(2000, 1, 1), YESTERDAY if past else date(2100, 12, 31))


def _documents(digits: int) -> st.SearchStrategy[str]:
    """Digits with the two check digits that make a CPF (of nine) or CNPJ (of twelve) out of them."""
    return st.from_regex(rf"[0-9]{{{digits}}}", fullmatch=True).map(_checked).filter(bool)


def _checked(digits: str) -> str:
    for check in range(100):
        try:
            return parse_document(f"{digits}{check:02}").value
        except InvalidDocument:
            continue
    return ""
