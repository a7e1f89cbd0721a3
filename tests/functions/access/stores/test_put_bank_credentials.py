"""A store's credentials at a bank: put, replaced, never read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import StringIO
from typing import Any, cast

import pytest

from lastro.access.store import AccessStore
from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import format_moment
from lastro.simulations.conditions.bank_directory import StoreBanks
from lastro.simulations.ports import Bank
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Answer, Shop

SECRET = "segredo-que-nao-sai-daqui"


def put(call: Call, shop: Shop, body: Any, code: str = "341", store_id: int | None = None) -> Answer:
    path = {"store_id": str(store_id or shop.store_ids[0]), "bank_code": code}
    return call("access", "put_bank_credentials", shop=shop, path=path, body=body)


def stored(store_id: int, code: str = "341") -> dict[str, str]:
    answer = open_client("secretsmanager").get_secret_value(SecretId=f"lastro-test/stores/{store_id}/banks/{code}")
    fields: dict[str, str] = json.loads(answer["SecretString"])
    return fields


def test_the_sample_is_kept_in_the_vault_and_makes_the_bank_usable(call: Call, shop: Shop) -> None:
    answer = call("access", "put_bank_credentials", shop=shop)
    assert answer.status == 200
    credential = answer.json["bank_credential"]
    assert set(credential) == {"code", "active", "status", "updated_at"}
    assert (credential["code"], credential["active"], credential["status"]) == ("341", True, "okay")
    assert stored(shop.store_ids[0]) == {"client_id": "loja-exemplo", "client_secret": "segredo-exemplo"}


@pytest.mark.parametrize("code", list(BANKS))
def test_every_bank_can_be_connected(call: Call, shop: Shop, code: str) -> None:
    fields = {field: f"valor-{field}" for field in BANKS[code].credential_fields}
    assert put(call, shop, {"bank_credential": {**fields, "unasked": "x"}}, code).status == 200
    assert stored(shop.store_ids[0], code) == fields
    listed = call("access", "list_integrated_banks", shop=shop, path={"store_id": str(shop.store_ids[0])}, query=None)
    assert listed.json["banks"][0]["bank_credential"] == {"active": True, "status": "okay"}


def test_a_second_put_replaces_the_first(call: Call, shop: Shop) -> None:
    for secret in ("primeiro", "segundo"):
        assert put(call, shop, {"bank_credential": {"client_id": "loja", "client_secret": secret}}).status == 200
    assert stored(shop.store_ids[0])["client_secret"] == "segundo"


def test_two_first_puts_at_once_both_succeed(call: Call, shop: Shop) -> None:
    """The other request creates the secret between this one's look and its own creation."""
    client = open_client("secretsmanager")
    name = f"lastro-test/stores/{shop.store_ids[0]}/banks/341"
    rivals = [lambda: client.create_secret(Name=name, SecretString="{}")]

    def create_first(**_: Any) -> None:
        if rivals:
            rivals.pop()()

    client.meta.events.register("before-call.secretsmanager.CreateSecret", create_first)
    assert put(call, shop, {"bank_credential": {"client_id": "loja", "client_secret": "meu"}}).status == 200
    assert stored(shop.store_ids[0])["client_secret"] == "meu"


def test_of_several_puts_at_once_the_last_in_the_table_counts(
    call: Call, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first to reach the vault is the last to reach the table, which names its version to whoever asks the bank."""
    store = Secrets.store
    rivals = ["dois", "tres"]

    def store_and_be_overtaken(vault: Secrets, name: str, fields: dict[str, str]) -> str:
        version = store(vault, name, fields)
        if rivals:
            put(call, shop, {"bank_credential": {"client_id": "loja", "client_secret": rivals.pop()}})
        return version

    monkeypatch.setattr(Secrets, "store", store_and_be_overtaken)
    first = put(call, shop, {"bank_credential": {"client_id": "loja", "client_secret": "um"}})
    assert first.status == 200
    [kept] = AccessStore(Table()).find_stores(shop.store_ids)
    opened: list[Mapping[str, str]] = []
    banks = StoreBanks(Secrets("lastro-test"), lambda _code, credentials: cast(Bank, opened.append(credentials)))
    banks.open("341", shop.store_ids[0], kept.banks["341"].version)
    assert [credentials["client_secret"] for credentials in opened] == ["um"]
    assert format_moment(kept.updated_at) == first.json["bank_credential"]["updated_at"]


@pytest.mark.parametrize(
    ("credential", "rules"),
    [
        ({}, {"client_id": "missing", "client_secret": "missing", "application_key": "missing"}),
        ({"client_id": "a", "client_secret": None}, {"client_secret": "missing", "application_key": "missing"}),
        (
            {"client_id": 1, "client_secret": " ", "application_key": "x" * 4097},
            {"client_id": "string_type", "client_secret": "length", "application_key": "length"},
        ),
        (
            {"client_id": "a\nb", "client_secret": "a\u200bb", "application_key": "key\n"},
            {"client_id": "length", "client_secret": "length"},
        ),
    ],
)
def test_every_wrong_field_is_named_at_once(
    call: Call, shop: Shop, credential: dict[str, Any], rules: dict[str, str]
) -> None:
    answer = put(call, shop, {"bank_credential": credential}, "033")
    assert answer.status == 422
    assert answer.rules() == {f"bank_credential.{field}": rule for field, rule in rules.items()}


@pytest.mark.parametrize("body", [{}, {"bank_credential": None}, {"bank_credential": "x"}, {"bank_credential": []}])
def test_a_body_without_credentials(call: Call, shop: Shop, body: Any) -> None:
    answer = put(call, shop, body)
    assert answer.status == 422
    assert list(answer.rules()) == ["bank_credential"]


def test_a_bank_nobody_knows(call: Call, shop: Shop) -> None:
    answer = put(call, shop, {"bank_credential": {"api_key": "x"}}, "999")
    assert answer.status == 404
    assert answer.json["type"] == "urn:lastro:error:unknown_bank"


def test_a_foreign_store_is_refused_and_nothing_is_kept(call: Call, open_shop: OpenShop) -> None:
    shop, other = open_shop(), open_shop()
    body = {"bank_credential": {"client_id": "a", "client_secret": "b"}}
    assert put(call, shop, body, store_id=other.store_ids[0]).status == 403
    assert open_client("secretsmanager").list_secrets()["SecretList"] == []


def test_the_secret_appears_in_no_answer_no_log_and_no_item(call: Call, shop: Shop, logged: StringIO) -> None:
    good = put(call, shop, {"bank_credential": {"client_id": "a", "client_secret": SECRET}})
    bad = put(call, shop, {"bank_credential": {"client_id": None, "client_secret": SECRET}})
    assert (good.status, bad.status) == (200, 422)
    items = json.dumps(open_client("dynamodb").scan(TableName="lastro-test")["Items"])
    assert logged.getvalue().count("put_bank_credentials") == 2
    assert SECRET not in good.text + bad.text + logged.getvalue() + items
