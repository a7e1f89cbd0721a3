"""``/client/auth`` in the three documented styles, what it issues and what it refuses."""

from __future__ import annotations

import base64
import hmac
import json
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from lastro.access.clients.model import MAX_FAILURES
from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.operator.command import create_client, open_registration
from tests.clock import MovableClock
from tests.functions.access.conftest import Client, log_in
from tests.functions.api.test_hostile_input import fuzz, json_values
from tests.functions.invocation import Answer, Shop, call_function
from tests.functions.origination.caas import check_caas

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def basic(client: Client) -> dict[str, str]:
    pair = f"{client['client_id']}:{client['client_secret']}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def parts_of(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    head, body, _ = token.split(".")
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, body))
    return header, claims


def test_a_token_carries_the_documented_claims(client: Client, token_key: str, clock: MovableClock) -> None:
    answer = log_in(client)
    assert answer.status == 200
    header, claims = parts_of(answer.json["access_token"])
    assert header == {"alg": "RS256", "typ": "JWT", "kid": token_key}
    assert claims["client_id"] == client["client_id"]
    assert type(claims["client_id"]) is int
    assert len(claims["tag_name"]) == 36
    assert claims["scope"] == "api-external api-caas"
    assert claims["exp"] - claims["iat"] == 86_400
    # True UTC, and the moment of exp: the vendor's own sample is three hours off.
    assert answer.json["expire_at"] == "2026-11-04T12:00:07.000Z"
    assert claims["exp"] == int(clock.moment.timestamp()) + 86_400
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (FORM, {"grant_type": "client_credentials", "scope": "api-external"}),
        ({"content-type": FORM["Content-Type"] + "; charset=utf-8", "Content-Type": None}, {"scope": "api-external"}),
    ],
)
def test_form_style(client: Client, headers: dict[str, str | None], body: dict[str, str]) -> None:
    form = urlencode({**body, "client_id": client["client_id"], "client_secret": client["client_secret"]})
    answer = call_function("access", "create_token", headers=headers, body=form)
    assert (answer.status, answer.json["scope"]) == (200, "api-external")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, json.dumps({"scopes": "api-external"})),
        (FORM, "grant_type=client_credentials&scope=api-external"),
        (FORM, json.dumps({"scopes": ["api-external"]})),
    ],
)
def test_basic_style(client: Client, headers: dict[str, str | None], body: str) -> None:
    answer = call_function("access", "create_token", headers={**headers, **basic(client)}, body=body)
    assert (answer.status, answer.json["scope"]) == (200, "api-external")


@pytest.mark.parametrize("scopes", ["api-external,api-caas", "api-external api-caas", [" api-caas", "api-external"]])
def test_scopes_as_text_or_list(client: Client, scopes: Any) -> None:
    assert log_in(client, scopes=scopes).json["scope"] == "api-external api-caas"


def test_a_client_id_may_be_text(client: Client) -> None:
    assert log_in(client, client_id=str(client["client_id"])).status == 200


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"client_secret": "ls_" + "A" * 43}, 401, "invalid_client"),
        ({"client_secret": ""}, 400, "invalid_input"),
        ({"client_id": 999}, 401, "invalid_client"),
        ({"client_id": "one"}, 401, "invalid_client"),
        ({"client_id": "9" * 30}, 401, "invalid_client"),
        ({"client_id": "١"}, 401, "invalid_client"),
        ({"client_id": None}, 400, "invalid_input"),
        ({"client_secret": None}, 400, "invalid_input"),
        ({"client_id": True}, 400, "invalid_input"),
        ({"client_secret": 1}, 400, "invalid_input"),
        ({"scopes": None}, 400, "invalid_input"),
        ({"scopes": []}, 400, "invalid_input"),
        ({"scopes": ["api-everything"]}, 400, "invalid_input"),
        ({"grant_type": "password"}, 400, "invalid_input"),
    ],
)
def test_what_is_refused(client: Client, changes: dict[str, Any], status: int, code: str) -> None:
    answer = log_in(client, **changes)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert "access_token" not in answer.json


def test_credentials_and_scopes_are_said_once(client: Client) -> None:
    def ask(**body: Any) -> Answer:
        return call_function("access", "create_token", headers=basic(client), body=body)

    for repeated in ({"client_id": client["client_id"]}, {"client_secret": client["client_secret"]}):
        assert ask(scopes="api-caas", scope="api-caas", **repeated).status == 200
    for field, value in (("client_id", client["client_id"] + 1), ("client_secret", "ls_outro")):
        answer = ask(**{"scopes": "api-caas", field: value})
        assert (answer.status, answer.rules()) == (400, {field: "differs_from_header"})
    answer = log_in(client, scopes="api-caas", scope="api-external")
    assert (answer.status, answer.rules()) == (400, {"scope": "duplicate_field"})


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic " + base64.b64encode(b"1").decode(), "Basic /w=="])
def test_a_broken_basic_header(client: Client, header: str) -> None:
    answer = call_function("access", "create_token", headers={"Authorization": header})
    assert (answer.status, answer.json["code"]) == (401, "invalid_client")


def test_a_bearer_header_does_not_hide_the_body(client: Client) -> None:
    body = {"client_id": client["client_id"], "client_secret": client["client_secret"], "scopes": "api-caas"}
    assert call_function("access", "create_token", headers={"Authorization": "Bearer x"}, body=body).status == 200


def test_a_body_cannot_pose_as_a_header(client: Client) -> None:
    body = {"authorization": basic(client)["Authorization"], "scopes": "api-caas"}
    assert call_function("access", "create_token", body=body).status == 400


def test_only_granted_scopes(shop: Shop, client: Client) -> None:
    narrow = create_client(open_registration(), shop.partner_id, ["api-external"])
    assert log_in(narrow, scopes=["api-external"]).status == 200
    answer = log_in(narrow, scopes=["api-external", "api-caas"])
    assert (answer.status, answer.json["code"]) == (403, "scope_not_granted")


def test_a_revoked_client_is_a_wrong_one(shop: Shop, client: Client) -> None:
    open_registration().revoke_client(shop.partner_id, client["client_id"])
    assert log_in(client).json["code"] == "invalid_client"


HERE, THERE = "203.0.113.7", "198.51.100.9"


def attack(client: Client, source: str, times: int = MAX_FAILURES + 2) -> list[int]:
    return [log_in(client, client_secret="wrong", source=source).status for _ in range(times)]


def test_a_right_secret_enters_while_others_try(client: Client) -> None:
    for number in range(5):
        assert attack(client, f"198.51.100.{number}") == [401] * MAX_FAILURES + [429, 429]
        assert log_in(client, source=HERE).status == 200
        assert log_in(client, source=f"198.51.100.{number}").status == 200


def test_a_source_is_slowed_until_its_window_ends_and_no_other_is(client: Client, clock: MovableClock) -> None:
    attack(client, THERE)
    limited = log_in(client, client_secret="wrong", source=THERE)
    assert (limited.status, limited.json["code"]) == (429, "too_many_failed_logins")
    # The window began with the minute.
    assert limited.headers["Retry-After"] == "53"
    assert log_in(client, client_secret="wrong", source=HERE).status == 401
    clock.advance(seconds=53)
    assert log_in(client, client_secret="wrong", source=THERE).status == 401


def test_a_source_is_slowed_over_all_clients_it_tries(shop: Shop, client: Client) -> None:
    names = [create_client(open_registration(), shop.partner_id)["client_id"] for _ in range(2)]
    tried = [*names, "abc", 10**9, *range(10**6, 10**6 + MAX_FAILURES)]
    statuses = [log_in(client, client_id=name, client_secret="wrong", source=THERE).status for name in tried]
    assert statuses == [401] * MAX_FAILURES + [429] * (len(tried) - MAX_FAILURES)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", True),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:3::", False),
        ("::ffff:203.0.113.7", HERE, True),
        ("", "no address", True),
        ("", HERE, False),
    ],
)
def test_a_source_is_an_address_or_a_network_of_one_subscriber(
    client: Client, first: str, second: str, same: bool
) -> None:
    attack(client, first)
    assert log_in(client, client_secret="wrong", source=second).status == (429 if same else 401)
    assert log_in(client, source=second).status == 200


def test_a_header_does_not_say_where_a_login_comes_from(client: Client) -> None:
    body = {"client_id": client["client_id"], "client_secret": "wrong", "scopes": "api-caas"}
    statuses = [
        call_function("access", "create_token", headers={"X-Forwarded-For": f"10.0.0.{number}"}, body=body).status
        for number in range(MAX_FAILURES + 1)
    ]
    assert statuses == [401] * MAX_FAILURES + [429]


WRONG: dict[str, dict[str, Any]] = {
    "unknown": {"client_id": 10**9},
    "no number": {"client_id": "abc"},
    "too long": {"client_id": "9" * 40},
    "nobody": {"client_id": 0},
    "wrong": {"client_secret": "wrong"},
    "well made and wrong": {"client_secret": "ls_" + "A" * 43},
}


def test_no_wrong_login_can_be_told_from_another(client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    revoked = create_client(open_registration(), shop.partner_id)
    open_registration().revoke_client(shop.partner_id, revoked["client_id"])
    work: list[str] = []
    compare = hmac.compare_digest

    def compared(one: str, other: str) -> bool:
        work.append(f"compare {len(one)} {len(other)}")
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", compared)
    open_client("dynamodb").meta.events.register(
        "before-call.dynamodb", lambda event_name, **_: work.append(event_name.rpartition(".")[2])
    )

    def ask(asked: Client, changes: dict[str, Any], source: str) -> tuple[Any, ...]:
        work.clear()
        answer = log_in(asked, source=source, **changes)
        return answer.status, answer.text, dict(answer.headers), tuple(work)

    tried = [(client, changes) for changes in WRONG.values()] + [(revoked, {})]
    found = [ask(asked, changes, f"192.0.2.{number}") for number, (asked, changes) in enumerate(tried)]
    assert len(set(map(repr, found))) == 1
    assert found[0][0] == 401
    assert found[0][3] == ("BatchGetItem", "compare 64 64", "compare 64 64", "UpdateItem")
    attack(client, THERE)
    slowed = [ask(asked, changes, THERE) for asked, changes in tried]
    assert len(set(map(repr, slowed))) == 1
    assert slowed[0][0] == 429
    # Beyond the limit nothing is written.
    assert slowed[0][3] == ("BatchGetItem", "compare 64 64", "compare 64 64")


def test_what_is_counted_runs_out_and_holds_no_address(client: Client, table: Table, clock: MovableClock) -> None:
    attack(client, THERE)
    items = open_client("dynamodb").scan(TableName=table.name)["Items"]
    [counted] = [item for item in items if item["PK"]["S"].startswith("COUNT#login")]
    assert int(counted["expires"]["N"]) - int(clock.moment.timestamp()) == 2 * 60 - 7
    assert int(counted["calls"]["N"]) == MAX_FAILURES
    assert THERE not in json.dumps(items)


def test_right_logins_are_not_counted(client: Client) -> None:
    assert {log_in(client).status for _ in range(MAX_FAILURES + 2)} == {200}


def test_no_secret_is_stored_or_logged(client: Client, logged: StringIO) -> None:
    token = log_in(client).json["access_token"]
    log_in(client, client_secret=client["client_secret"][:-1])
    stored = json.dumps(open_client("dynamodb").scan(TableName="lastro-test")["Items"])
    for secret in (client["client_secret"][:20], token[-40:]):
        assert secret not in logged.getvalue() + stored


def test_a_key_that_does_not_sign_is_asked_again_later(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "KMSInternalException", "Message": ""}}, "Sign")

    monkeypatch.setattr(open_client("kms"), "sign", refuse)
    answer = log_in(client)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


@fuzz
@given(
    body=json_values
    | st.dictionaries(st.sampled_from(["client_id", "client_secret", "scopes", "scope", "grant_type"]), json_values),
    header=st.none()
    | st.text(max_size=40)
    | st.binary(max_size=40).map(lambda raw: f"Basic {base64.b64encode(raw).decode()}"),
)
def test_hostile_logins(client: Client, body: Any, header: str | None) -> None:
    check_caas(call_function("access", "create_token", headers={"Authorization": header}, body=json.dumps(body)))


@fuzz
@given(body=st.text(max_size=200) | st.just("a=1&" * 60) | st.just("client_id=%FF%FE"))
def test_hostile_forms(client: Client, body: str) -> None:
    check_caas(call_function("access", "create_token", headers=FORM, body=body))
