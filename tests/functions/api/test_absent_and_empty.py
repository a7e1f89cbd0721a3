"""One rule for what is absent, ``null`` or empty, and nothing is lost between GET and PUT or PATCH.

Every call is tried: they are found in the description, and what they work on is made by the POST before their path.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.secretsmanager.models import secretsmanager_backends

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.aws.entrypoints.requests import read_request
from lastro.kernel.errors import InvalidInput
from lastro.vehicles.wiring import open_loading
from lastro.wire.objects import Patch, WireObject
from lastro.wire.rule import NeverEmpty
from openapi.examples.samples import sample_body
from sandbox.catalogue import make_catalogue
from tests.functions.api.described import DESCRIBED, PATHS, WITH_BODY, operation_of, route_of
from tests.functions.api.request_objects import SentField, changed, fields_of, kinds_in
from tests.functions.emulation.process import REGION, TABLE
from tests.functions.invocation import Answer, Shop, call_function, sample_event
from tests.functions.registered_shops import moto_table

EMPTY: tuple[Any, ...] = (None, "", " \t")
PATCHES = sorted(item["patch"]["operationId"] for item in PATHS.values() if "requestBody" in item.get("patch", {}))
OF_OFFERS = {"update_financing_proposal"}
"""What banks' offers make; its own tests give it back as it was answered (``financing/test_proposals.py``)."""
CHANGES = {
    item[method]["operationId"]: item["get"]["operationId"]
    for item in PATHS.values()
    for method in ("put", "patch")
    if method in item and "get" in item and "requestBody" in item[method]
    if item["get"]["security"] != [{"personToken": []}] and item[method]["operationId"] not in OF_OFFERS
}
"""Calls that change what a GET of the same path shows to a partner, with that GET."""
WITH_SECRETS = {"put_callback": {"authentication"}}
"""What no GET shows is wanted again: the rest of such an answer is refused with it."""
FIXED = {"bureau_integration.panel"}
"""What POST takes a default for and no PATCH may change."""
MADE_FIRST = {"create_branch", "create_debtor"}
"""What others name when they are made."""


@cache
def with_samples() -> list[str]:
    """Calls whose body is an object. Who only collects tests need not load a hundred functions for it."""
    return [name for name in WITH_BODY if isinstance(sample_body(operation_of(name)), dict)]


def read(name: str, body: Any) -> Any:
    operation = operation_of(name)
    assert operation.request
    return read_request(operation.request, {**sample_event(operation.route.context, name), "body": json.dumps(body)})


def refusal(name: str, body: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        read(name, body)
    return {error.field: error.rule for error in refused.value.errors}


def test_there_are_such_calls() -> None:
    assert len(with_samples()) > 25
    assert len(PATCHES) >= 4
    assert len(CHANGES) >= 7


# requests -----------------------------------------------------------------------------------------------------------


def test_every_object_of_a_request_is_read_by_the_rule(subtests: pytest.Subtests) -> None:
    for name in WITH_BODY:
        with subtests.test(name=name):
            request = operation_of(name).request
            assert request
            assert [kind for kind in kinds_in(request) if not issubclass(kind, WireObject)] == []
            patches = {kind for kind in kinds_in(request) if issubclass(kind, Patch)}
            assert bool(patches) == (name in PATCHES)


def test_null_and_empty_are_one(subtests: pytest.Subtests) -> None:
    for name in with_samples():
        with subtests.test(name=name):
            body = sample_body(operation_of(name))
            for field in fields_of(operation_of(name)):
                for empty in EMPTY:
                    sent = changed(body, field.place, {field.name: empty})
                    if issubclass(field.kind, Patch):
                        assert_changes(name, field, sent)
                    elif field.info.is_required():
                        assert any(is_named(field, found) for found in refusal(name, sent)), (field.path, empty)
                    else:
                        left_out = changed(body, field.place, {field.name: ...})
                        assert outcome(name, sent) == outcome(name, left_out), (field.path, empty)


def is_named(field: SentField, found: str) -> bool:
    """Whether a refusal is of the field; without the one that tells which of several objects it is, of the object."""
    return found.startswith(field.path) or (field.name == "type" and found == ".".join(map(str, field.place)))


def outcome(name: str, body: Any) -> Any:
    """What is read, or why nothing is: what is wanted together may be refused without one of its parts."""
    try:
        return read(name, body)
    except InvalidInput as error:
        return {(each.field, each.rule) for each in error.errors}


def assert_changes(name: str, field: SentField, sent: Any) -> None:
    if NeverEmpty in field.info.metadata:
        assert refusal(name, sent) == {field.path: "required"}
        return
    found = read(name, sent)
    for part in field.place:
        found = found[part] if isinstance(part, int) else getattr(found, str(part))
    assert getattr(found, field.name) is None
    assert field.name in found.model_fields_set


def test_only_what_post_can_do_without_is_taken_away(subtests: pytest.Subtests) -> None:
    for name in PATCHES:
        with subtests.test(name=name):
            posted = {field.path: field.info for field in fields_of(operation_of(creation_of(name)))}
            for field in fields_of(operation_of(name)):
                if field.path in posted and issubclass(field.kind, Patch) and field.path not in FIXED:
                    kept = NeverEmpty in field.info.metadata
                    assert kept == posted[field.path].is_required(), field.path


@cache
def schema_of(kind: type[WireObject]) -> dict[str, Any]:
    return kind.model_json_schema()


def test_the_description_says_what_may_be_empty(subtests: pytest.Subtests) -> None:
    for name in with_samples():
        with subtests.test(name=name):
            schemas = json.dumps(DESCRIBED[name]["requestBody"])
            assert schemas
            for field in fields_of(operation_of(name)):
                if not field.info.is_required():
                    told = schema_of(field.kind)["properties"][field.name]
                    choices = told.get("anyOf", [told])
                    assert ({"type": "null"} in choices) == (NeverEmpty not in field.info.metadata), field.path
                    assert ({"const": "", "type": "string"} in choices) == (NeverEmpty not in field.info.metadata), (
                        field.path
                    )


# what is stored -----------------------------------------------------------------------------------------------------


def path_of(name: str) -> str:
    return route_of(name).path


def creation_of(name: str) -> str:
    """The POST of the nearest path before the call's own; empty where the call itself puts what is shown."""
    path = path_of(name)
    while path:
        path = path.rpartition("/")[0]
        if "post" in PATHS.get(path, {}):
            found: str = PATHS[path]["post"]["operationId"]
            return found
    return ""


MADE: dict[str, str] = {}
"""What sample events name, and how it is named that a test has made of it."""


def ask(name: str, shop: Shop, **changes: Any) -> Answer:
    path = sample_event(route_of(name).context, name)["pathParameters"]
    if path is not None:
        changes["path"] = {part: MADE.get(value, value) for part, value in path.items()}
    headers = {"Idempotency-Key": None}
    return call_function(route_of(name).context, name, shop=shop, headers=headers, **changes)


_STOCKED: list[tuple[Any, Any, dict[str, str]]] = []
"""Rows, secrets and ``MADE`` of the first stocked partner of a process: the next one is the same, a tenth as dear."""


@pytest.fixture
def stocked(table: Table, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A partner with one of everything that can be changed: numbers are 1 as in the sample events, others ``MADE``."""
    monkeypatch.setenv("LASTRO_LOOPBACK_CALLBACKS", "allowed")
    MADE.clear()
    vault = secretsmanager_backends[DEFAULT_ACCOUNT_ID][REGION]
    if not _STOCKED:
        stock(shop)
        _STOCKED.append(copy.deepcopy((moto_table().items, vault.secrets, MADE)))
    moto_table().items, vault.secrets, made = copy.deepcopy(_STOCKED[0])
    MADE.update(made)
    return shop


def stock(shop: Shop) -> None:
    open_loading().load(shop.partner_id, make_catalogue().encode())
    changing = {creation_of(name): name for name in CHANGES if creation_of(name)}
    for name in sorted(changing, key=lambda name: (name not in MADE_FIRST, name)):
        sent = json.dumps(sample_body(operation_of(name)))
        for sample, made in MADE.items():
            sent = sent.replace(sample, made)
        answer = ask(name, shop, body=sent)
        assert answer.status == 201, answer.text
        own = next(iter(answer.json.values())).get("id")
        if isinstance(own, str):
            [sample] = sample_event(route_of(name).context, changing[name])["pathParameters"].values()
            MADE[sample] = own
    assert ask("put_collection_parameters", shop).status == 200
    url = "http://localhost:1/avisos?token=exemplo"
    body = {"url": url, "authentication": {"type": "BEARER", "token": "exemplo"}}
    assert ask("put_callback", shop, body=body).status == 200


def stored() -> list[Any]:
    items = open_client("dynamodb").scan(TableName=TABLE)["Items"]
    return sorted(items, key=lambda item: (item["PK"]["S"], item["SK"]["S"]))


def body_with(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The call's body around these fields: bare, or under the one name that it wants."""
    outer = [field for field in fields_of(operation_of(name)) if not field.place]
    outer = [field for field in outer if field.info.is_required()] or outer
    sample = sample_body(operation_of(name))
    return {outer[0].name: fields} if len(outer) == 1 and isinstance(sample[outer[0].name], dict) else fields


def data_of(answer: Answer) -> dict[str, Any]:
    """What an answer shows, without its envelope."""
    envelope = next(name for name in ("data", "customer", "plus_return_rule") if name in answer.json)
    found: dict[str, Any] = answer.json[envelope]
    return found


def body_as_answered(name: str, answered: dict[str, Any]) -> dict[str, Any]:
    """The call's body made of what a GET answered: that itself where it comes under the one name that is wanted."""
    if set(body_with(name, {})) & set(answered):
        return answered
    return body_with(name, answered.get("data", answered))


@pytest.mark.parametrize("name", CHANGES)
def test_what_get_answered_loses_nothing(name: str, stocked: Shop) -> None:
    before, items = ask(CHANGES[name], stocked), stored()
    assert before.status == 200, before.text
    answer = ask(name, stocked, body=body_as_answered(name, before.json))
    if name in WITH_SECRETS:
        assert answer.status in (400, 422)
        assert WITH_SECRETS[name] <= set(answer.rules())
    else:
        assert (answer.status, answer.json) == (200, before.json), answer.text
    assert ask(CHANGES[name], stocked).json == before.json
    assert stored() == items


@pytest.mark.parametrize("name", PATCHES)
def test_an_empty_change_makes_no_version(name: str, stocked: Shop) -> None:
    before, items = ask(CHANGES[name], stocked), stored()
    answer = ask(name, stocked, body=body_with(name, {}))
    assert (answer.status, answer.json) == (200, before.json), answer.text
    assert stored() == items


@pytest.mark.parametrize("name", PATCHES)
def test_what_post_does_without_is_as_post_would_make_it(name: str, stocked: Shop) -> None:
    """Each field of POST emptied by a PATCH, and what is refused named: the rest of the resource stays."""
    creation = operation_of(creation_of(name))
    for field in fields_of(creation):
        if len(field.place) > 1 or (not field.place and body_with(name, {}) != {}):
            continue
        before = data_of(ask(CHANGES[name], stocked))
        inner = {str(field.place[-1]): {field.name: None}} if body_with(name, {}) == {} and field.place else None
        answer = ask(name, stocked, body=body_with(name, inner or {field.name: None}))
        after = data_of(ask(CHANGES[name], stocked))
        if field.info.is_required() or answer.status != 200:
            assert answer.status in (400, 422), field.path
            # What is wanted as one of two is told by the other's name.
            group = str(field.place[0]) if inner and not field.info.is_required() else field.name
            assert any(group in each for each in answer.rules()), (field.path, answer.rules())
            assert after == before
        else:
            assert answer.status == 200, (field.path, answer.text)
            changed_fields = {key for key in before if before[key] != after[key]} - {"updated_at", "version"}
            shown = str(field.place[0]) if inner else field.name.removeprefix("retrieve_")
            # A choice by its id may be shown by its name too.
            assert changed_fields <= {shown, shown.removesuffix("_id")}, field.path
