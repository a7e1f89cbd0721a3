"""The published description: valid, complete, current, and true to what the functions answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.records.activities import Occasion
from lastro.kernel.callers.caller import Caller
from lastro.simulations.conditions.reasons import Reason
from lastro.wire.requests import Request
from openapi.error_shape import Error
from openapi.handlers import Undocumented, read_operation
from openapi.lint import list_faults
from openapi.routes import EXTERNAL, PAGES, ROOT, UNTOLD, Route
from tests.functions.invocation import load_function, sample_event
from tests.template.source import list_calls

DOCUMENT: dict[str, Any] = json.loads((ROOT / "functions/system/get_openapi/openapi.json").read_text(encoding="utf-8"))


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    found: Any = node
    while "$ref" in found:
        target: Any = DOCUMENT
        for part in found["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        found = target
    return dict(found)


def list_operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


OPERATIONS = {operation["operationId"]: (path, method, operation) for path, method, operation in list_operations()}


@cache
def validator_of(schema: str) -> OAS31Validator:
    return OAS31Validator({**json.loads(schema), "components": DOCUMENT["components"]})


def faults_of(value: Any, schema: dict[str, Any]) -> list[str]:
    return [error.message for error in validator_of(json.dumps(schema)).iter_errors(value)]


def contents_of(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(status or ``request``, JSON content) of everything an operation takes and gives."""
    operation = OPERATIONS[name][2]
    sides = {"request": operation.get("requestBody", {}), **operation["responses"]}
    for side, node in sides.items():
        content = resolve(node).get("content", {}).get("application/json")
        if content and "examples" in content:
            yield side, content


def parameters_of(name: str) -> dict[str, dict[str, Any]]:
    return {parameter["name"]: parameter for parameter in map(resolve, OPERATIONS[name][2].get("parameters", []))}


DECLARED = {(call["Path"], call["Method"]): call for _, _, call in list_calls()}


def test_document_is_valid_and_says_nothing_that_json_schema_does_not_know() -> None:
    assert list_faults(DOCUMENT) == []


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ({"type": "integer", "ge": 0}, "JSON Schema knows no ge"),
        ({"anyOf": [{"type": "null"}, {"type": "integer", "le": 5}]}, "JSON Schema knows no le"),
        ({"type": "object", "properties": {"ge": {"max_length": 1}}}, "JSON Schema knows no max_length"),
        ({"type": "array", "items": {}, "maxLength": 5}, "maxLength says nothing of a array"),
        ({"type": "string", "pattern": r"^a\Z"}, "only Python reads the pattern"),
        ({"type": "integer", "maximum": 5, "default": 6}, "the default: 6 is greater than the maximum of 5"),
        ({"type": "whole"}, "'whole' is not"),
    ],
)
def test_a_strict_reader_finds_what_is_wrong(schema: dict[str, Any], fault: str) -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Thing": schema}},
    }
    assert [each for each in list_faults(document) if fault in each], list_faults(document)
    assert list_faults({**document, "components": {"schemas": {"Thing": {"type": "integer", "minimum": 0}}}}) == []


def test_every_call_of_the_api_is_described_and_nothing_else() -> None:
    declared = {(path, method) for path, method in DECLARED if method not in UNTOLD and not path.startswith(PAGES)}
    # A path under /api/external stands for the one without it as well.
    declared -= {(path.removeprefix(EXTERNAL), method) for path, method in DECLARED if path.startswith(EXTERNAL)}
    assert declared == {(path, method) for path, method, _ in list_operations()}


def test_calls_under_two_paths_are_told_and_are_one_call() -> None:
    external = {(path, method) for path, method in DECLARED if path.startswith(EXTERNAL)}
    assert external
    for path, method in external:
        assert DECLARED[path, method]["Public"] == DECLARED[path.removeprefix(EXTERNAL), method]["Public"]
    assert f"o que está sob `{EXTERNAL}` responde o mesmo sem esse prefixo" in DOCUMENT["info"]["description"]


def test_only_the_calls_named_in_the_introduction_go_without_a_key() -> None:
    open_calls = {
        path for path, _, operation in list_operations() if path.startswith("/api") and not operation["security"]
    }
    assert open_calls == {OPERATIONS[name][0] for name in LOGINS | ASKED_BY_ANYBODY}
    assert all(f"`{path}`" in DOCUMENT["info"]["description"] for path in open_calls)


def test_committed_files_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "openapi.generate", "--check"],
        cwd=ROOT,
        env={"PATH": "", "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/lastro'}", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_examples_obey_their_schemas(subtests: pytest.Subtests) -> None:
    for name in sorted(OPERATIONS):
        with subtests.test(name=name):
            for side, content in contents_of(name):
                for example in content["examples"].values():
                    assert faults_of(example["value"], content["schema"]) == [], (side, example["value"])


def test_every_error_has_an_example_in_the_one_shape(subtests: pytest.Subtests) -> None:
    for name in sorted(OPERATIONS):
        with subtests.test(name=name):
            responses = OPERATIONS[name][2]["responses"]
            errors = {status: resolve(response) for status, response in responses.items() if int(status) >= 400}
            assert "500" in errors
            for status, response in errors.items():
                content = response["content"]["application/json"]
                assert content["schema"] == {"$ref": "#/components/schemas/Error"}
                assert content["examples"]
                for example in content["examples"].values():
                    body = Error.model_validate(example["value"])
                    assert body.status == body.error.status == int(status)
                    assert body.detail == body.error.message
                    assert bool(body.errors) <= (status in ("400", "422"))
                    assert (body.code == "invalid_input") <= bool(body.errors)


ABSENT = {
    "branch_id": "branch_not_found",
    "integration_id": "integration_not_found",
    "inquiry_id": "inquiry_not_found",
}
"""What a call answers where the thing its path names is not there."""


def shown(name: str, status: str) -> set[str]:
    """The codes of the errors a call shows for a status."""
    response = OPERATIONS[name][2]["responses"].get(status)
    if response is None:
        return set()
    examples = resolve(response)["content"]["application/json"]["examples"]
    return {example["value"]["code"] for example in examples.values()}


def test_a_call_on_one_thing_tells_that_it_may_be_absent(subtests: pytest.Subtests) -> None:
    for name in sorted(OPERATIONS):
        with subtests.test(name=name):
            path = OPERATIONS[name][0]
            assert {code for parameter, code in ABSENT.items() if f"{{{parameter}}}" in path} <= shown(name, "404")


@pytest.mark.parametrize("name", ["create_bureau_integration", "link_bureau_integration"])
def test_a_second_integration_of_a_branch_is_told_as_refused(name: str) -> None:
    assert "branch_has_integration" in shown(name, "409")


LOGINS = {"create_token", "confirm_portal_login", "refresh_portal_login"}
"""Calls without a key that refuse credentials themselves."""

ASKED_BY_ANYBODY = {"create_portal_login"}
"""Calls without a key that refuse nobody."""

KNOWN_BY_ADDRESS = {"issue_event_token", "receive_bureau_event"}
"""Calls whose secret address is their key, with a credential of its own beside it."""


def codes_of(name: str) -> set[str]:
    """The code of every error that a call shows as 401 or 403."""
    contents = {side: content for side, content in contents_of(name) if side in ("401", "403")}
    return {each["value"]["code"] for content in contents.values() for each in content["examples"].values()}


def test_a_key_is_asked_exactly_where_the_template_asks_it(subtests: pytest.Subtests) -> None:
    for name in sorted(OPERATIONS):
        with subtests.test(name=name):
            path, method, operation = OPERATIONS[name]
            keyed = not DECLARED[path, method]["Public"]
            first = operation["security"][:1]
            assert first in ([{"accessKey": []}], [{"personToken": []}]) if keyed else first == []
            assert {"clientToken", "accessKey", "personToken"} >= {
                name for each in operation["security"] for name in each
            }
            refuses = keyed or name in LOGINS | KNOWN_BY_ADDRESS
            wanted = {"401"} if name in OF_PEOPLE else {"401", "403"}
            assert ({"401", "403"} & operation["responses"].keys()) == (wanted if refuses else set())
            gateway = {"unauthorized", "forbidden"}
            assert gateway & codes_of(name) == (gateway if keyed else set())
            assert ("Store-Id" in parameters_of(name)) == keyed


OF_PEOPLE = {"confirm_portal_login": {"code_refused"}, "refresh_portal_login": {"login_ended"}}
"""Logins of people, who have no scopes to be refused."""


@pytest.mark.parametrize("name", sorted(LOGINS))
def test_a_login_refuses_credentials_in_its_own_words(name: str) -> None:
    refused = resolve(OPERATIONS[name][2]["responses"]["401"])
    assert "access key" not in refused["description"]
    assert "x-request-id" in refused["headers"]
    assert codes_of(name) == OF_PEOPLE.get(name, {"invalid_client", "scope_not_granted"})


BODILESS = {
    *("expire_proposals", "resend_delivery", "rotate_signing_secret", "refresh_restriction_codes"),
    "remove_vehicle_from_stock",
    "update_proposal_attempt",
    "postpone_registration",
    "read_own_bulletin",
    "withdraw_bulletin",
    "end_portal_login",
}
"""Calls that do something and are told nothing but what their path says."""


def test_path_parameters_are_those_of_the_path(subtests: pytest.Subtests) -> None:
    for name in sorted(OPERATIONS):
        with subtests.test(name=name):
            path, method, operation = OPERATIONS[name]
            placed = {each["name"] for each in parameters_of(name).values() if each["in"] == "path"}
            assert placed == {part.partition("}")[0] for part in path.split("{")[1:]}
            assert ("requestBody" in operation) == (method in ("post", "put", "patch") and name not in BODILESS)
            if "requestBody" in operation:
                body = resolve(operation["requestBody"]["content"]["application/json"]["schema"])
                assert not placed & body["properties"].keys()
                assert "idempotency_key" not in body["properties"]
                assert {"400", "413"} <= operation["responses"].keys()
                # CaaS answers wrong fields as 400, which every body can be answered.
                assert "422" in operation["responses"] or path.startswith(EXTERNAL)


HARMLESS_REPEATS = {
    "resolve_bureau_arrival",
    "issue_event_token",
    "create_disclosure",
    "create_token",
    "decide_assignment",
    "decide_negativation",
    "decide_proposal",
    "cancel_reservation",
    "decide_reservation",
    "evaluate_approval_rule",
    "expire_proposals",
    "confirm_portal_login",
    "answer_survey",
    "confirm_registration",
    "read_own_bulletin",
    "withdraw_bulletin",
    "create_portal_login",
    "end_portal_login",
    "lift_legal_hold",
    "postpone_registration",
    "receive_bureau_event",
    "receive_proposal_event",
    "add_proposal_document",
    "refresh_portal_login",
    "order_negativation_removal",
    "prove_negativation_notice",
    "record_negativation_notice",
    "remove_negativation",
    "resend_delivery",
    "resend_negativation",
    "revoke_class_override",
    "sign_contract",
    "simulate_ccb",
}
"""Posted calls that create nothing twice: they compute, or move what is there to where it may already be."""
SHOWN_ONCE = {"create_api_key", "create_client", "replace_api_key", "replace_client_secret"}
"""Calls that answer a secret, which is kept nowhere to be answered again; the list tells what to end if it was lost."""


def test_idempotency_key_is_a_header_of_every_creation() -> None:
    posted = {name for name, (_, method, _) in OPERATIONS.items() if method == "post"}
    keyed = {name for name in OPERATIONS if "Idempotency-Key" in parameters_of(name)}
    assert keyed == posted - HARMLESS_REPEATS - SHOWN_ONCE
    assert all("409" in OPERATIONS[name][2]["responses"] for name in keyed)


def test_lists_in_queries_are_read_as_described() -> None:
    described = parameters_of("list_domains")["types"]
    assert described["schema"]["type"] == "array"
    assert (described["style"], described["explode"]) == ("form", False)
    event = sample_event("simulations", "list_domains")
    event["queryStringParameters"] = {"types": "genders,professions"}
    event["multiValueQueryStringParameters"] = {"types": ["genders,professions"]}
    answer = load_function("simulations", "list_domains").handler(event, SimpleNamespace(function_name="list_domains"))
    assert set(json.loads(answer["body"])["data"]) == {"genders", "professions"}


def test_every_field_is_explained() -> None:
    silent = [
        f"{schema}.{name}"
        for schema, definition in DOCUMENT["components"]["schemas"].items()
        for name, field in definition.get("properties", {}).items()
        if not any({"description", "$ref"} & part.keys() for part in (field, *field.get("anyOf", [])))
    ]
    assert silent == []


def test_reasons_are_a_closed_list_with_their_texts() -> None:
    schema = DOCUMENT["components"]["schemas"]["ReasonIdentifier"]
    assert set(schema["enum"]) == set(Reason)
    assert all(f"`{reason}`: {reason.text}" in schema["description"] for reason in Reason)


def test_the_example_simulation_shows_both_suggestions() -> None:
    content = dict(contents_of("get_simulation"))["200"]
    simulation = content["examples"]["example"]["value"]["data"]
    assert simulation["pending"] == 0
    suggested = [condition["suggestion_reason"] for condition in simulation["conditions"]]
    assert suggested == [None, None, "bank_minimum_down_payment", "bank_suggested_down_payment"]
    for condition in simulation["conditions"]:
        if condition["available"]:
            net = simulation["assets_value"] - condition["down_payment"]
            assert condition["financed_amount"] == net + sum(each["value"] for each in condition["expenses"])
            assert condition["amount_paid_in_financing"] == sum(condition["payment_flow"].values())


def test_a_missing_function_is_named() -> None:
    route = Route("get", "/nothing", "system", "get_nothing", public=True, stateful=False)
    with pytest.raises(Undocumented, match=r"no system/get_nothing/app\.py"):
        read_operation(route)


def test_a_docstring_that_tells_another_path_is_refused() -> None:
    route = Route("get", "/healthy", "system", "get_health", public=True, stateful=False)
    with pytest.raises(Undocumented, match="GET /healthy"):
        read_operation(route)


@pytest.mark.parametrize("operation", ["get_openapi", "get_asyncapi"])
def test_documents_are_served_as_they_are_committed(operation: str) -> None:
    handler = load_function("system", operation).handler
    answer = handler(sample_event("system", operation), SimpleNamespace(function_name=operation))
    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"] == "application/json"
    assert answer["headers"]["ETag"].startswith('W/"')
    assert answer["headers"]["Vary"] == "Accept-Encoding"
    assert "max-age" in answer["headers"]["Cache-Control"]


def test_each_notice_is_described_where_it_goes() -> None:
    answer = load_function("system", "get_asyncapi").handler(
        sample_event("system", "get_asyncapi"), SimpleNamespace(function_name="get_asyncapi")
    )
    channels = json.loads(answer["body"])["channels"]
    told = {name: set(channel["messages"]) for name, channel in channels.items()}
    proposals = {each.value for each in Occasion}
    assert told == {
        "webhook_url": {"processed_simulation", *proposals},
        "callback": {"process_changed", "callback_disabled", *proposals},
    }


class _Nothing(Request):
    pass


def test_the_error_model_is_what_the_entrypoint_answers() -> None:
    @endpoint()
    def refuse(request: _Nothing, caller: Caller) -> None:
        raise AssertionError("never reached")

    event = {"httpMethod": "POST", "headers": {}, "body": "{", "requestContext": {"requestId": "one"}}
    body = json.loads(refuse(event, SimpleNamespace(function_name="refuse"))["body"])
    assert Error.model_validate(body).model_dump() == body
