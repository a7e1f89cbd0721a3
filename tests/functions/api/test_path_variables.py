"""No variable of a path is read past characters that no address shows: every call that has one is tried."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from tests.functions.api.described import PATHS, operation_of
from tests.functions.invocation import sample_event

VARIABLES = sorted(
    {
        (operation["operationId"], parameter["name"])
        for item in PATHS.values()
        for operation in item.values()
        for parameter in operation.get("parameters", ())
        if parameter.get("in") == "path"
    }
)
SPOILT = ("{}%0a", "%0A{}", "{}\n", "\r{}", "{}%00", "{}%7F", "{}%C2%85", "{}%E2%80%A8")


def test_there_are_such_calls() -> None:
    assert len(VARIABLES) > 25


def test_a_control_character_is_refused_by_name(subtests: pytest.Subtests) -> None:
    for name, variable in VARIABLES:
        with subtests.test(name=name, variable=variable):
            operation = operation_of(name)
            for spoilt in SPOILT:
                event = sample_event(operation.route.context, name)
                event["pathParameters"][variable] = spoilt.format(event["pathParameters"][variable])
                answer = operation.entrypoint(event, SimpleNamespace(function_name=name))
                body = json.loads(answer["body"])
                assert answer["statusCode"] in (400, 422)
                assert [(error["field"], error["rule"]) for error in body["errors"]] == [
                    (variable, "control_character")
                ]
