"""A store's prices of models over the API: put, read, and told month by month; never another store's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Answer, Shop
from tests.functions.vehicles.test_stock import load


@pytest.fixture(autouse=True)
def _catalogue(shop: Shop) -> None:
    load(shop)


def put(call: Call, shop: Shop, model: int = 1, **more: Any) -> Answer:
    sent = {"min_price_cents": 6_900_000, "default_price_cents": 7_250_000, "price_month": "2026-11", **more}
    path = {"vehicle_model_id": str(model)}
    return call("vehicles", "put_vehicle_price", shop=shop, path=path, body={"vehicle_price": sent})


def history(call: Call, shop: Shop, model: int = 1) -> Answer:
    return call("vehicles", "list_vehicle_price_history", shop=shop, path={"vehicle_model_id": str(model)})


def test_prices_are_put_listed_with_their_model_and_told_month_by_month(call: Call, shop: Shop) -> None:
    made = put(call, shop).json["vehicle_price"]
    assert (made["min_price_cents"], made["default_price_cents"], made["active"]) == (6_900_000, 7_250_000, True)
    assert (made["store"]["id"], made["vehicle_model"]["id"]) == (made["store_id"], 1)
    assert put(call, shop).json["vehicle_price"] == made
    changed = put(call, shop, default_price_cents=7_100_000, price_month="2026-12").json["vehicle_price"]
    assert (changed["id"], changed["price_month"]) == (made["id"], "2026-12")
    put(call, shop, model=2, active=False)
    listed = call("vehicles", "list_vehicle_prices", shop=shop).json["vehicle_prices"]
    assert [(each["vehicle_model"]["id"], each["active"]) for each in listed] == [(1, True), (2, False)]
    page = call("vehicles", "list_vehicle_prices", shop=shop, query={"after": "1", "per_page": "1"})
    assert [each["vehicle_model"]["id"] for each in page.json["vehicle_prices"]] == [2]
    told = history(call, shop).json["history"]
    assert [(each["version"], each["price_month"], each["default_price_cents"]) for each in told] == [
        (1, "2026-11", 7_250_000),
        (2, "2026-12", 7_100_000),
    ]


def test_of_several_at_once_each_is_in_the_history(call: Call, shop: Shop) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: put(call, shop, default_price_cents=8_000_000 + n), range(4)))
    assert {each.status for each in answers} == {200}
    told = history(call, shop).json["history"]
    assert [each["version"] for each in told] == [1, 2, 3, 4]
    assert {each["default_price_cents"] for each in told} == {8_000_000, 8_000_001, 8_000_002, 8_000_003}


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ({"min_price_cents": 7_250_001}, {"min_price_cents": "above_default_price"}),
        ({"price_month": "2026-13"}, {"price_month": "month"}),
        ({"price_month": "0000-01"}, {"price_month": "month"}),
        ({"price_month": "9999-12"}, {"price_month": "month"}),
        ({"price_month": "2099-12"}, {"price_month": "month_range"}),
        ({"price_month": "1994-06"}, {"price_month": "month_range"}),
        ({"vehicle_model_id": 2}, {"vehicle_model_id": "mismatch"}),
        ({"price_month": None}, {"price_month": "string_type"}),
        ({"default_price_cents": "1.234,56"}, {"default_price_cents": "int_type"}),
        ({"store_id": 999_999}, {"store_id": "two_stores"}),
    ],
)
def test_what_cannot_be_a_price_is_told(call: Call, shop: Shop, said: dict[str, Any], rules: dict[str, str]) -> None:
    refused = put(call, shop, **said)
    assert refused.status == 422
    assert refused.rules() == {f"vehicle_price.{name}": rule for name, rule in rules.items()}


def test_models_and_prices_that_are_not_there_are_not_found(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    assert put(call, shop, model=999).json["code"] == "vehicle_model_not_found"
    put(call, shop)
    stranger = open_shop()
    assert history(call, stranger).json["code"] == "vehicle_price_not_found"
    assert call("vehicles", "list_vehicle_prices", shop=stranger).json["vehicle_prices"] == []
