"""Whatever a caller sends to the CaaS functions, the answer is below 500 and a refusal has the documented shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.functions.invocation import CPF, OTHER_CPF, Answer
from tests.functions.origination.journey import Journey, sample_body

fuzz = settings(
    max_examples=25,
    deadline=None,
    # One table serves all examples of a test: what an earlier example left behind is part of the attack.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.sampled_from(
        ["", " ", "\x00", "é" * 300, CPF, "2026-11-04", "-1", "9" * 400, "NaN", "1e999", "١٢", "0001-01-01"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=20), inner, max_size=3),
    max_leaves=6,
)
texts = st.text(max_size=60) | st.sampled_from([CPF, "%", "%00", "0" * 400, "PROC#x", "../..", "2026-11-04", "1e5"])


def paths_of(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every field of a body lies."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [(*before, name) for name, _ in inner]
    return found + [path for name, part in inner for path in paths_of(part, (*before, name))]


def spoil(body: dict[str, Any], changes: list[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    """The body with fields replaced; a field whose parent is gone already is left."""
    for path, value in changes:
        target: Any = body
        try:
            for name in path[:-1]:
                target = target[name]
            target[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    return body


def changes_of(operation: str) -> st.SearchStrategy[list[tuple[tuple[Any, ...], Any]]]:
    return st.lists(st.tuples(st.sampled_from(paths_of(sample_body(operation))), json_values), min_size=1, max_size=4)


def check(answer: Answer) -> None:
    assert answer.status < 500, answer.text
    if answer.status < 300:
        assert isinstance(answer.json, dict)
        return
    assert answer.status in {400, 404, 409, 413, 422, 429}
    assert answer.json["code"]
    assert answer.json["message"]
    assert answer.json["code"] != "internal_error"
    for error in answer.json["errors"]:
        assert set(error) == {"field", "rule", "message"}


@fuzz
@given(changes=changes_of("create_simple_signup"), key=st.none() | st.text(max_size=300))
def test_a_spoilt_signup(journey: Journey, changes: list[tuple[tuple[Any, ...], Any]], key: str | None) -> None:
    body = spoil(sample_body("create_simple_signup"), changes)
    check(journey.call("create_simple_signup", body=body, headers={"Idempotency-Key": key}))


@fuzz
@given(changes=changes_of("create_proposal"))
def test_a_spoilt_proposal(journey: Journey, changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    process_id = journey.store.find_registration(journey.partner_id, CPF) or journey.ready()
    body = spoil(sample_body("create_proposal"), changes)
    answer = journey.call("create_proposal", path={"id": process_id}, body=body)
    check(answer)
    # What was accepted can be read again.
    for csn in journey.process(process_id).credits:
        check(journey.call("get_proposal", path={"customerServiceNumber": csn}))


@fuzz
@given(changes=changes_of("put_document"))
def test_a_spoilt_document(journey: Journey, changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    process_id = journey.store.find_registration(journey.partner_id, CPF) or journey.proposed()[0]
    check(journey.call("put_document", path={"id": process_id}, body=spoil(sample_body("put_document"), changes)))


@fuzz
@given(
    operation=st.sampled_from(["create_simple_signup", "create_proposal", "put_document", "expire_proposals"]),
    body=json_values.map(json.dumps) | st.text() | st.just('{"a":' * 5000) | st.just("[" * 100_000),
    name=texts,
)
def test_a_body_of_any_shape(journey: Journey, operation: str, body: str, name: str) -> None:
    check(journey.call(operation, path={"id": name}, body=body))


@fuzz
@given(
    query=st.dictionaries(
        st.sampled_from(["status", "productId", "cpf", "from", "to", "limit", "cursor", "start", "product_id", "x[]"]),
        texts,
        max_size=5,
    ),
    name=texts,
)
def test_any_query_and_path(journey: Journey, query: dict[str, str], name: str) -> None:
    for operation in ("list_proposals", "get_borrower", "get_proposal_totals"):
        check(journey.call(operation, query=query))
    check(journey.call("get_proposal", path={"customerServiceNumber": name}, query=query))
    check(journey.call("get_process_status", path={"id": name}, query=query))


@pytest.mark.parametrize("operation", ["create_simple_signup", "create_proposal"])
@pytest.mark.parametrize(
    "body",
    [
        '{"cpf": 1e999}',
        '{"cpf": NaN}',
        '{"cpf": ' + "9" * 5000 + "}",
        '{"products": [[[]]]}',
        '{"products": {"0": {}}}',
        '{"logData": {"latitude": "1e-400"}}',
        '{"idempotency_key": "x", "idempotencyKey": "y"}',
        "\ufeff{}",
        "null",
        "[]",
    ],
)
def test_known_attacks(journey: Journey, operation: str, body: str) -> None:
    answer = journey.call(operation, path={"id": "x"}, body=body)
    check(answer)
    assert answer.status == 400


def test_a_key_in_the_body_is_no_key(journey: Journey) -> None:
    for cpf in (CPF, OTHER_CPF):
        body = {**sample_body("create_simple_signup"), "cpf": cpf, "idempotency_key": "k", "idempotencyKey": "k"}
        assert journey.call("create_simple_signup", body=body).status == 201
