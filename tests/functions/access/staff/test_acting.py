"""Who is logged in to the panel acts in its own name, whatever a body says; a partner's key names whom it wants."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.aws.entrypoints.calls.acting import ACTING, FILTERS, find_others
from tests.functions.api.described import PATHS
from tests.functions.invocation import ROOT, Shop, load_function, sample_event

ANA = "ana@example.com"
SCHEMAS = json.loads((ROOT / "functions/system/get_openapi/openapi.json").read_text(encoding="utf-8"))["components"][
    "schemas"
]


@pytest.mark.parametrize(
    "body",
    [
        {"requested_by": ANA},
        {"decision": {"decided_by": " Ana@Example.com "}},
        {"decision": {"decided_by": None}},
        {"decision": {"decided_by": ["bia"]}},
        {"requested": "bia", "name": {"by": "bia"}},
        {"report": {"requested_by": "bia"}},
        ["bia"],
        None,
    ],
)
def test_what_names_nobody_else_passes(body: Any) -> None:
    assert find_others(body, ANA) == []


def test_only_what_a_file_shall_hold_may_name_another() -> None:
    """A person's own report of somebody else's rows; the same name anywhere else acts."""
    assert find_others({"order": {"report": {"requested_by": "bia"}}}, ANA) != []
    bodies = {name for name, schema in SCHEMAS.items() if FILTERS & schema.get("properties", {}).keys()}
    sent = {
        path: operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path, operations in PATHS.items()
        for operation in operations.values()
        if isinstance(operation, dict) and "application/json" in operation.get("requestBody", {}).get("content", {})
    }
    told = [path for path, name in sent.items() if name in bodies]
    assert told
    assert all(path.endswith("/files") for path in told)


def test_each_place_that_names_another_is_told() -> None:
    body = {
        "requested_by": "bia",
        "list": [{"sold_by": ANA}, {"sold_by": ""}, {"sold_by": 42}],
        "decision": {"decided_by": "0"},
    }
    assert [fault.field for fault in find_others(body, ANA)] == [
        "requested_by",
        "list.1.sold_by",
        "list.2.sold_by",
        "decision.decided_by",
    ]
    assert find_others(body, "") == []


@pytest.mark.parametrize(("named", "refused"), [("bia.lima", True), (42, True), ("ANA@example.com", False)])
@pytest.mark.parametrize(
    ("context", "operation"),
    [
        ("approvals", "create_reservation"),
        ("approvals", "decide_reservation"),
        ("approvals", "create_assignment"),
        ("customers", "put_class_override"),
    ],
)
def test_a_person_neither_asks_nor_decides_as_another(
    shop: Shop, context: str, operation: str, named: Any, refused: bool
) -> None:
    event = sample_event(context, operation)
    event["requestContext"]["authorizer"] = {**shop.authorizer, "job": "manager", "acts_as": ANA}
    body = json.loads(event["body"])
    holder = body if set(body) & ACTING else next(iter(body.values()))
    [field] = set(holder) & ACTING
    holder[field] = named
    event["body"] = json.dumps(body)
    answer = load_function(context, operation).handler(event, SimpleNamespace(function_name=operation))
    rules = [(each["field"].rpartition(".")[2], each["rule"]) for each in json.loads(answer["body"]).get("errors", [])]
    assert ((field, "other_person") in rules) is refused


def test_every_field_that_says_who_acts_is_known() -> None:
    bodies = [
        operation["requestBody"]["content"]["application/json"]["schema"]
        for methods in PATHS.values()
        for operation in methods.values()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]
    names = {name for body in bodies for name in _fields_of(body) if name.endswith("_by")}
    assert names == ACTING


def _fields_of(schema: dict[str, Any], depth: int = 8) -> set[str]:
    if not depth:
        return set()
    named = schema.get("$ref", "").rpartition("/")[2]
    found = SCHEMAS[named] if named else schema
    properties = found.get("properties", {})
    inner = [*properties.values(), *found.get("anyOf", ()), *found.get("oneOf", ()), found.get("items") or {}]
    return set(properties).union(*(_fields_of(part, depth - 1) for part in inner))
