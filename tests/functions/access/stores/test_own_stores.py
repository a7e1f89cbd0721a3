"""A partner opens stores, switches them and links them to banks, as the public client does."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.access.stores import opening
from lastro.aws.dynamodb.table import Table
from tests.functions.access.test_bindings import BoundShop
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Answer, Shop, call_function

STORE = {"name": "Loja Norte", "cnpj": "12.abc.345/01de-35"}


def opened(call: Call, shop: Shop, body: Any = None, key: str | None = None) -> Answer:
    wanted = {"store": STORE} if body is None else body
    return call("access", "create_store", shop=shop, body=wanted, headers={"Idempotency-Key": key})


def test_a_store_opens_as_it_is_said(call: Call, shop: Shop) -> None:
    assert opened(call, shop, {"store": {**STORE, "active": False}}).json["store"]["active"] is False


def act(operation: str, shop: Shop, store_id: int, **more: Any) -> Answer:
    return call_function("access", operation, shop=shop, path={"store_id": str(store_id)}, query=None, **more)


def test_a_new_store_is_the_partners_and_opens_its_calls_at_once(call: Call, shop: Shop) -> None:
    made = opened(call, shop)
    assert made.status == 201
    store = made.json["store"]
    assert (store["name"], store["display_name"], store["cnpj"]) == ("Loja Norte", "Loja Norte", "12.ABC.345/01DE-35")
    assert (store["object_type"], store["active"], store["publish"], store["avatar"]) == ("Store", True, False, {})
    # The gateway knows a credential's stores for a minute: this one is not among them yet.
    assert store["id"] not in shop.store_ids
    linked = act("list_integrated_banks", shop, store["id"])
    assert linked.json == {"banks": [], "integrated_banks": []}
    assert store in call("access", "list_stores", shop=shop, store_id=None).json["stores"]
    bound = BoundShop(shop.partner_id, "", "", shop.store_ids)
    assert store not in call("access", "list_stores", shop=bound, store_id=None).json["stores"]


def test_the_same_attempt_opens_one_store(call: Call, shop: Shop) -> None:
    made = opened(call, shop, key="norte")
    assert opened(call, shop, key="norte").json == made.json
    assert opened(call, shop, {"store": {**STORE, "publish": True}}, key="norte").status == 409
    assert opened(call, shop, key="outra").json["store"]["id"] != made.json["store"]["id"]


def test_the_fields_may_come_without_their_object(call: Call, shop: Shop) -> None:
    bare = {**STORE, "uf": "sp", "city": "São Paulo", "display_name": "Norte", "new_vehicle_sales": False}
    store = opened(call, shop, {**bare, "_persist_cnpj_bank_credentials": True}).json["store"]
    assert (store["uf"], store["city"], store["display_name"]) == ("SP", "São Paulo", "Norte")
    assert (store["new_vehicle_sales"], store["used_vehicle_sales"]) == (False, True)
    assert len(act("list_integrated_banks", shop, store["id"]).json["banks"]) == 11
    assert opened(call, shop, {**STORE, "store": None}).status == 201


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"store": "missing"}),
        ({"store": {}}, {"store.name": "missing", "store.cnpj": "missing"}),
        ({"name": "", "cnpj": "11.222.333/0001-80"}, {"name": "string_too_short", "cnpj": "cnpj"}),
        (
            {"store": STORE, "name": "Loja Sul", "active": False},
            {"name": "duplicate_field", "active": "duplicate_field"},
        ),
        (
            {"store": STORE, "_persist_cnpj_bank_credentials": True},
            {"_persist_cnpj_bank_credentials": "duplicate_field"},
        ),
        ({"store": {**STORE, "uf": "XX", "publish": "1"}}, {"store.uf": "state", "store.publish": "bool_type"}),
    ],
)
def test_what_is_wrong_is_told_all_at_once(call: Call, shop: Shop, body: Any, wrong: dict[str, str]) -> None:
    answer = opened(call, shop, body)
    assert (answer.status, answer.rules()) == (422, wrong)


def test_a_partner_has_so_many_stores(call: Call, open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_STORES", 2)
    shop = open_shop()
    first = opened(call, shop, key="a")
    assert first.status == 201
    answer = opened(call, shop, key="b")
    assert (answer.status, answer.json["code"]) == (409, "too_many_stores")
    assert opened(call, shop, key="a").json == first.json


def test_a_store_that_is_switched_off_takes_nothing_new(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(ready=("341",))
    [store_id] = shop.store_ids
    off = act("deactivate_store", shop, store_id)
    assert off.json["store"]["active"] is False
    assert act("deactivate_store", shop, store_id).json == off.json
    call("simulations", "create_lead", shop=shop)
    refused = call("simulations", "create_simulation", shop=shop)
    assert (refused.status, refused.json["code"]) == (409, "store_inactive")
    assert call("access", "list_stores", shop=shop).json["stores"][0]["active"] is False
    assert act("activate_store", shop, store_id).json["store"]["active"] is True


def test_banks_are_linked_and_credentials_stay(open_shop: OpenShop) -> None:
    shop = open_shop(ready=("341",))
    [store_id] = shop.store_ids
    linked = act("link_store_banks", shop, store_id).json
    assert linked == act("list_integrated_banks", shop, store_id).json == act("link_store_banks", shop, store_id).json
    states = {each["bank"]["febraban_code"]: each["credentials_status"] for each in linked["integrated_banks"]}
    assert len(states) == 11
    assert {code for code, state in states.items() if state == "okay"} == {"341"}
    assert [each["code"] for each in linked["banks"]] == list(states)
    numbers = {each["id"] for each in linked["integrated_banks"]}
    assert len(numbers) == 11


@pytest.mark.parametrize("operation", ["activate_store", "deactivate_store", "link_store_banks"])
def test_a_reader_changes_nothing_by_a_get(table: Table, open_shop: OpenShop, operation: str) -> None:
    class Reader(Shop):
        @property
        def authorizer(self) -> dict[str, str]:
            return {**super().authorizer, "role": "reader"}

    shop = open_shop()
    reader = Reader(shop.partner_id, "", "", shop.store_ids)
    assert act(operation, reader, shop.store_ids[0]).status == 403
    assert act("list_integrated_banks", reader, shop.store_ids[0]).json["banks"] == []


def test_nobody_reaches_a_store_of_somebody_else(open_shop: OpenShop) -> None:
    shop, other = open_shop(stores=2), open_shop()
    bound = BoundShop(shop.partner_id, "", "", shop.store_ids[1:])
    for operation in ("activate_store", "deactivate_store", "link_store_banks", "list_integrated_banks"):
        assert act(operation, shop, other.store_ids[0]).status == 403
        assert act(operation, shop, 4711).status == 403
    for store_id in (shop.store_ids[0], other.store_ids[0], 4711):
        assert act("link_store_banks", bound, store_id).status == 404
    assert act("link_store_banks", bound, shop.store_ids[1]).status == 200
    for operation in ("activate_store", "deactivate_store"):
        assert act(operation, bound, shop.store_ids[1]).status == 403
