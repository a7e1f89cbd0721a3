"""Every operation of the description by every kind of credential: what opens it, and in which spelling of its path.

What the documentation of each scope says (docs/sources.md, CaaS API) is said here once more, by paths alone.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.kernel.callers.scopes import Scope
from lastro.operator.command import create_client, open_registration
from tests.functions.access.conftest import Client, log_in
from tests.functions.api.described import operation_of
from tests.functions.conftest import OpenShop
from tests.functions.invocation import ROOT, load_function, sample_event
from tests.template.source import list_calls

PATHS = json.loads((ROOT / "functions/system/get_openapi/openapi.json").read_text(encoding="utf-8"))["paths"]
OPERATIONS = {
    operation["operationId"]: (path, operation["tags"][0], operation["security"])
    for path, item in PATHS.items()
    for operation in item.values()
}
EVERY = sorted(OPERATIONS)
OF_PEOPLE = [name for name in EVERY if OPERATIONS[name][2] == [{"personToken": []}]]
"""Calls of people of the customers' portal."""
KEYED = [name for name in EVERY if OPERATIONS[name][2] and name not in OF_PEOPLE]
SETS = [frozenset(chosen) for size in range(len(Scope) + 1) for chosen in combinations(Scope, size)]
PERSON = {"person": "5b1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21", "login": "1"}
REFUSED = (403, "Esta chave ou este token não pode chamar esta operação.")


OF_KEYS_ALONE = ("create_client", "revoke_client")
"""A token makes and ends no client."""


def documented(name: str) -> set[Scope]:
    """The scopes of which one opens a call."""
    path = OPERATIONS[name][0]
    inner = path.removeprefix("/api/external")
    if inner == path:
        return set(Scope) if path.startswith("/api/v1/clients") and name not in OF_KEYS_ALONE else set()
    if inner == "/caas/simulation":
        return {Scope.API_CAAS}
    if inner.startswith("/v2.1/products"):
        return {Scope.API_CAAS, Scope.API_BU_CAAS}
    if inner.startswith("/v2.1/proposals"):
        return {Scope.API_EXTERNAL, Scope.API_BU_CAAS}
    return {Scope.API_EXTERNAL}


def ask(name: str, authorizer: Any, **changes: Any) -> tuple[int, str]:
    """Status and text of a call that goes no further than its store, which no call could read."""
    _, context, _ = OPERATIONS[name]
    event = {**sample_event(context, name), **changes}
    event["headers"] = {**event["headers"], "Store-Id": "centro"}
    event["requestContext"] = {**event["requestContext"], "authorizer": authorizer}
    answer = operation_of(name).entrypoint(event, SimpleNamespace(function_name=name))
    return answer["statusCode"], json.loads(answer["body"])["detail"] if answer["body"] else ""


def known(scopes: str | None) -> dict[str, str]:
    context = {"partner_id": "2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", "store_ids": "1"}
    return context if scopes is None else {**context, "scopes": scopes}


def test_every_operation_by_every_credential(subtests: pytest.Subtests) -> None:
    for name in KEYED:
        with subtests.test(name=name):
            _, _, security = OPERATIONS[name]
            wanted = documented(name)
            assert security == [
                {"accessKey": []},
                *({"clientToken": [scope.value]} for scope in Scope if scope in wanted),
            ]
            passed = ask(name, known("*"))
            assert passed[0] in (400, 422)
            assert "Store-Id" in passed[1]
            for scopes in SETS:
                answer = ask(name, known(" ".join(scopes)))
                assert answer == (passed if scopes & wanted else REFUSED), scopes
            for nothing in (None, "", "api", "API-EXTERNAL", "api-external,api-caas", "**", "None"):
                assert ask(name, known(nothing)) == REFUSED, nothing
            assert ask(name, None)[0] == ask(name, {})[0] == 401
            assert ask(name, {**known("*"), "until": "1"})[0] == 401
            assert ask(name, {**known("*"), **PERSON}) == REFUSED


def test_calls_of_people_open_to_people_alone(subtests: pytest.Subtests) -> None:
    for name in OF_PEOPLE:
        with subtests.test(name=name):
            assert OPERATIONS[name][0].startswith("/api/v1/portal/")
            status, text = ask(name, {**known(""), **PERSON})
            assert (status, "Store-Id" in text) == (422, True)
            for scopes in ("*", "", " ".join(Scope)):
                assert ask(name, known(scopes)) == REFUSED, scopes
            assert ask(name, None)[0] == ask(name, {})[0] == 401
            assert ask(name, {**known(""), **PERSON, "until": "1"})[0] == 401


def test_no_operation_is_asked_for_in_another_spelling(subtests: pytest.Subtests) -> None:
    for name in KEYED:
        with subtests.test(name=name):
            path = OPERATIONS[name][0]
            passed = ask(name, known("*"))
            for spelled in {path, path.removeprefix("/api/external")}:
                for other in (
                    *("/" + spelled, spelled + "/", spelled.replace("/", "//"), spelled + "//", spelled.upper()),
                    *(spelled.replace("v", "%76", 1) if "/v" in spelled else "", spelled.replace("/", "%2F")),
                    "" if spelled.endswith("}") else spelled + "\n",
                    *("", "/", None),
                ):
                    assert ask(name, known("*"), resource=spelled, path=other)[0] == 404, other
                assert ask(name, known("*"), resource=spelled, path=spelled) == passed
                assert ask(name, known("*"), resource=spelled, path="/credit" + spelled) == passed
            assert ask(name, known("*"), resource=None)[0] == 404


def test_what_asks_for_no_credential_is_what_the_template_says() -> None:
    public = {Path(function["CodeUri"]).name for _, function, call in list_calls() if call["Public"]}
    declared = {name for name in EVERY if operation_of(name).entrypoint.public}
    assert declared == set(EVERY) - set(KEYED) - set(OF_PEOPLE)
    panel = {"get_panel", "create_session", "answer_challenge", "renew_session", "end_session"}
    pages = panel | {"get_portal", "create_portal_session", "renew_portal_session"}
    assert not pages & set(EVERY)
    assert public == declared | {"answer_preflight"} | pages


def authorize(credential: str) -> dict[str, Any]:
    event = sample_event("access", "authorize")
    event["headers"]["Authorization"] = f"Bearer {credential}"
    context = load_function("access", "authorize").handler(event, SimpleNamespace(function_name="authorize"))["context"]
    return {name: str(value) for name, value in context.items()}


@pytest.mark.parametrize("scopes", [chosen for chosen in SETS if chosen], ids=lambda scopes: " ".join(sorted(scopes)))
def test_real_tokens_open_what_their_scopes_do(client: Client, scopes: frozenset[Scope]) -> None:
    token = log_in(client, scopes=sorted(scopes)).json["access_token"]
    context = {**authorize(token), "until": str(2**40)}
    opened = {name for name in KEYED if ask(name, context) != REFUSED}
    assert opened == {name for name in KEYED if scopes & documented(name)}


def test_a_real_key_opens_every_call_and_a_narrow_client_no_more_than_its_own(
    client: Client, open_shop: OpenShop
) -> None:
    shop = open_shop()
    assert not [name for name in KEYED if ask(name, authorize(shop.api_key))[0] in (401, 403)]
    narrow = create_client(open_registration(), shop.partner_id, ["api-caas"])
    assert log_in(narrow, scopes=["api-caas", "api-external"]).status == 403
