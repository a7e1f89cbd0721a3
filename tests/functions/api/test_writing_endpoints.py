"""No writing call takes what can be read in two ways: every one of them is tried."""

from __future__ import annotations

import base64
import json
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.wire.objects import spellings
from tests.functions.api.described import OF_ONE_THING, WITH_BODY, WRITING, operation_of, route_of
from tests.functions.invocation import Answer, sample_event

KEPT_UNREAD = {"receive_bureau_event"}
"""Who tells is answered at once and does not tell again: what cannot be read is kept for a person."""
READ = [name for name in WITH_BODY if name not in KEPT_UNREAD]


def ask(name: str, *, body: Any = None, content_type: str = "application/json", query: Any = None) -> Answer:
    """The call's sample event with another body or query."""
    event = sample_event(route_of(name).context, name)
    if isinstance(body, bytes):
        event |= {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    elif body is not None:
        event["body"] = body if isinstance(body, str) else json.dumps(body)
    event["headers"] = {**event["headers"], "Content-Type": content_type}
    event["queryStringParameters"] = query
    answer = operation_of(name).entrypoint(event, SimpleNamespace(function_name=name))
    return Answer(answer["statusCode"], answer["headers"], answer["body"], json.loads(answer["body"]))


def sample(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(sample_event(route_of(name).context, name)["body"])
    return body


def test_there_are_such_calls() -> None:
    assert len(WITH_BODY) > 25
    assert len(WRITING) > len(WITH_BODY)


def test_what_is_kept_unread_is_said_here() -> None:
    requests = {name: operation_of(name).request for name in WITH_BODY}
    assert {name for name, request in requests.items() if request and request.unread_body} == KEPT_UNREAD


def test_a_body_with_a_replaced_character(subtests: pytest.Subtests) -> None:
    for name in READ:
        with subtests.test(name=name):
            answer = ask(name, body={**sample(name), "anything": ["Jo\ufffdo"]})
            assert (answer.status, answer.rules()) == (400, {"anything.0": "not_utf_8"})
            # What API Gateway makes of a body in Latin-1, and the bytes themselves.
            latin = json.dumps({**sample(name), "ação": 1}, ensure_ascii=False).encode("latin-1")
            answer = ask(name, body=latin.decode("utf-8", errors="replace"))
            assert (answer.status, answer.json["code"]) == (400, "ambiguous_request")
            answer = ask(name, body=latin)
            assert (answer.status, answer.json["code"]) == (400, "malformed_request")
            assert "UTF-8" in answer.json["detail"]


def test_a_body_declared_in_another_charset(subtests: pytest.Subtests) -> None:
    for name in READ:
        with subtests.test(name=name):
            answer = ask(name, content_type="application/json; Charset='ISO-8859-1'")
            assert (answer.status, answer.json["code"]) == (415, "unsupported_charset")


def test_a_key_said_twice(subtests: pytest.Subtests) -> None:
    for name in READ:
        with subtests.test(name=name):
            text = json.dumps({**sample(name), "last": {"a": 1}})
            answer = ask(name, body=text.replace('{"a": 1}', '{"a": 1, "a": 2}'))
            assert (answer.status, answer.rules()) == (400, {"last.a": "repeated_key"})
            key = next(iter(sample(name)))
            answer = ask(name, body=text.replace("{", f'{{"{key}": null, ', 1))
            assert (answer.status, answer.rules()) == (400, {key: "repeated_key"})


def test_no_field_comes_from_the_query(subtests: pytest.Subtests) -> None:
    for name in WRITING:
        with subtests.test(name=name):
            request = operation_of(name).request
            for field in spellings(request) if request else ():
                if request and field not in request.query_fields:
                    answer = ask(name, query={field: "500"})
                    assert (answer.status, answer.rules()) == (400, {field: "misplaced_parameter"})


def test_a_body_does_not_speak_of_another_thing_than_the_path(subtests: pytest.Subtests) -> None:
    for name in (name for name in OF_ONE_THING if name not in KEPT_UNREAD):
        with subtests.test(name=name):
            [field, *_] = operation_of(name).path_names
            answer = ask(name, body={**sample(name), field: "another"})
            assert (answer.status, answer.rules()) == (400, {field: "differs_from_path"})
