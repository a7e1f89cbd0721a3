"""A store's stock over the API: taken in once, changed with its history, taken out, and never another store's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from lastro.vehicles.stock import usecases
from lastro.vehicles.wiring import open_loading
from sandbox.catalogue import make_catalogue
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.visitors import staff_of
from tests.functions.invocation import Answer, Shop

PATH = {"vehicle_id": "1"}


@pytest.fixture(autouse=True)
def _catalogue(shop: Shop) -> None:
    load(shop)


def load(shop: Shop) -> None:
    open_loading().load(shop.partner_id, "\n".join(make_catalogue().splitlines()[:4]).encode())


def a_vehicle(**more: Any) -> dict[str, Any]:
    return {"vehicle": {"vehicle_model_id": 1, "price_cents": 5_000_000, **more}}


def create(call: Call, shop: Shop, key: str, **more: Any) -> Answer:
    return call("vehicles", "create_vehicle", shop=shop, body=a_vehicle(**more), headers={"Idempotency-Key": key})


def test_a_vehicle_is_taken_in_once_and_read_back(call: Call, shop: Shop) -> None:
    made = call("vehicles", "create_vehicle", shop=shop)
    assert made.status == 201
    vehicle = made.json["vehicle"]
    assert (vehicle["id"], vehicle["store_id"], vehicle["in_stock"], vehicle["removed_at"]) == (1, 1, True, None)
    assert call("vehicles", "create_vehicle", shop=shop).json == made.json
    assert call("vehicles", "get_vehicle", shop=shop).json == made.json
    assert call("vehicles", "find_vehicle_by_plate", shop=shop).json == made.json
    assert call("vehicles", "find_vehicle_by_chassi", shop=shop).json == made.json
    assert call("vehicles", "list_vehicles", shop=shop).json == [vehicle]


def test_a_plate_of_either_form_is_in_the_stock_once(call: Call, shop: Shop) -> None:
    assert create(call, shop, "1", license_plate_code="abc-1234").status == 201
    second = create(call, shop, "2", license_plate_code="ABC1C34")
    assert (second.status, second.json["code"]) == (409, "vehicle_exists")
    found = call("vehicles", "find_vehicle_by_plate", shop=shop, path={"license_plate_code": "ABC1C34"})
    assert found.json["vehicle"]["license_plate_code"] == "ABC1234"
    other = create(call, shop, "3", license_plate_code="XYZ1234").json["vehicle"]["id"]
    moved = call(
        "vehicles",
        "update_vehicle",
        shop=shop,
        path={"vehicle_id": str(other)},
        body={"vehicle": {"license_plate_code": "ABC1234"}},
    )
    assert (moved.status, moved.json["code"]) == (409, "vehicle_exists")


def test_of_two_at_once_with_one_chassis_one_is_taken_in(call: Call, shop: Shop) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: create(call, shop, str(n), chassi_code="9BWZZZ377VT004251"), range(4)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert len(call("vehicles", "list_vehicles", shop=shop).json) == 1


def test_a_renavam_is_in_a_stock_once_and_free_again_when_its_vehicle_leaves(call: Call, shop: Shop) -> None:
    assert create(call, shop, "1", renavam_code="00891749063").status == 201
    twice = create(call, shop, "2", renavam_code="891749063", license_plate_code="DEF1D23")
    assert (twice.status, twice.json["code"]) == (409, "vehicle_exists")
    other = create(call, shop, "3", license_plate_code="DEF1D23").json["vehicle"]["id"]
    told = {"path": {"vehicle_id": str(other)}, "body": {"vehicle": {"renavam_code": "00891749063"}}}
    assert call("vehicles", "update_vehicle", shop=shop, **told).json["code"] == "vehicle_exists"
    assert call("vehicles", "remove_vehicle_from_stock", shop=shop).status == 200
    assert call("vehicles", "update_vehicle", shop=shop, **told).status == 200


def test_a_change_is_kept_before_and_after_and_nothing_changes_nothing(call: Call, shop: Shop) -> None:
    create(call, shop, "1", license_plate_code="ABC1234")
    changed = call("vehicles", "update_vehicle", shop=shop, body={"vehicle": {"price_cents": 4_900_000, "color": None}})
    assert changed.json["vehicle"]["price_cents"] == 4_900_000
    assert call("vehicles", "update_vehicle", shop=shop, body={"vehicle": {}}).json == changed.json
    renamed = call("vehicles", "update_vehicle", shop=shop, body={"vehicle": {"license_plate_code": "DEF1234"}})
    assert renamed.status == 200
    assert create(call, shop, "2", license_plate_code="ABC1234").status == 201
    history = call("vehicles", "list_vehicle_history", shop=shop).json["history"]
    assert [(each["version"], each["act"]) for each in history] == [(1, "created"), (2, "updated"), (3, "updated")]
    assert history[1]["changes"] == [{"field": "price_cents", "before": 5_000_000, "after": 4_900_000}]
    assert history[2]["changes"] == [{"field": "license_plate_code", "before": "ABC1234", "after": "DEF1234"}]


def test_a_new_vehicle_has_no_kilometres_until_it_is_no_longer_new(call: Call, shop: Shop) -> None:
    assert create(call, shop, "1", zero_km=True, km_mileage=0).status == 201

    def change(**told: Any) -> Answer:
        return call("vehicles", "update_vehicle", shop=shop, body={"vehicle": told})

    assert change(km_mileage=12).rules() == {"vehicle.km_mileage": "zero_km"}
    assert change(km_mileage=12, zero_km=False).status == 200
    assert change(zero_km=True).rules() == {"vehicle.km_mileage": "zero_km"}
    assert change(zero_km=True, km_mileage=0).status == 200


def test_a_vehicle_kept_as_new_with_kilometres_is_priced_as_ever(
    call: Call, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(usecases, "_KILOMETRES", frozenset())
        assert create(call, shop, "1", zero_km=True, km_mileage=7).status == 201

    def change(**told: Any) -> Answer:
        return call("vehicles", "update_vehicle", shop=shop, body={"vehicle": told})

    assert change(price_cents=4_900_000).status == 200
    assert change(price_cents=4_800_000, zero_km=True, km_mileage=7).status == 200
    assert change(km_mileage=8).rules() == {"vehicle.km_mileage": "zero_km"}
    assert change(km_mileage=0).status == 200


@pytest.mark.parametrize("panel", ["broker", "agency"])
def test_a_key_of_who_sells_reads_the_stock_and_prices_and_changes_neither(call: Call, shop: Shop, panel: str) -> None:
    assert create(call, shop, "1").status == 201
    seller, manager = staff_of(shop, panel), staff_of(shop, "manager")
    assert call("vehicles", "get_vehicle", shop=seller).status == 200
    for operation in ("create_vehicle", "update_vehicle", "remove_vehicle_from_stock", "put_vehicle_price"):
        refused = call("vehicles", operation, shop=seller)
        assert (refused.status, refused.json["code"]) == (403, "forbidden"), operation
    assert call("vehicles", "update_vehicle", shop=manager, body={"vehicle": {"price_cents": 1_000}}).status == 200


def test_what_left_the_stock_stays_known_and_its_plate_is_free(call: Call, shop: Shop) -> None:
    call("vehicles", "create_vehicle", shop=shop)
    gone = call("vehicles", "remove_vehicle_from_stock", shop=shop)
    assert (gone.status, gone.json["vehicle"]["in_stock"]) == (200, False)
    assert call("vehicles", "remove_vehicle_from_stock", shop=shop).json == gone.json
    assert call("vehicles", "get_vehicle", shop=shop).json == gone.json
    assert call("vehicles", "list_vehicles", shop=shop).json == []
    assert call("vehicles", "find_vehicle_by_plate", shop=shop).status == 404
    assert call("vehicles", "find_vehicle_by_chassi", shop=shop).status == 404
    late = call("vehicles", "update_vehicle", shop=shop)
    assert (late.status, late.json["code"]) == (409, "vehicle_removed")
    again = create(call, shop, "again", license_plate_code="ABC1D23", chassi_code="9BWZZZ377VT004251")
    assert (again.status, again.json["vehicle"]["id"]) == (201, 2)
    acts = [each["act"] for each in call("vehicles", "list_vehicle_history", shop=shop).json["history"]]
    assert acts == ["created", "removed_from_stock"]


@pytest.mark.parametrize(
    ("sent", "field", "rule"),
    [
        ({"vehicle_model_id": 99}, "vehicle.vehicle_model_id", "unknown_model"),
        ({"manufacture_year": 2023, "model_year": 2022}, "vehicle.model_year", "years_apart"),
        ({"manufacture_year": 2020, "model_year": 2022}, "vehicle.model_year", "years_apart"),
        ({"manufacture_year": 2099}, "vehicle.manufacture_year", "year_in_future"),
        ({"model_year": 2099}, "vehicle.model_year", "year_in_future"),
        ({"model_year": 2010}, "vehicle.model_year", "year_of_model"),
        ({"model_year": 2018}, "vehicle.model_year", "year_of_model"),
        ({"store_id": 2}, "vehicle.store_id", "two_stores"),
        ({"zero_km": True, "km_mileage": 1}, "vehicle.km_mileage", "zero_km"),
        ({"price_cents": "1.234,56"}, "vehicle.price_cents", "int_type"),
        ({"price_cents": 0}, "vehicle.price_cents", "greater_than_equal"),
        ({"license_plate_code": "ABC12"}, "vehicle.license_plate_code", "license_plate"),
        ({"renavam_code": "00891749064"}, "vehicle.renavam_code", "renavam_code"),
    ],
)
def test_what_is_wrong_is_named(call: Call, shop: Shop, sent: dict[str, Any], field: str, rule: str) -> None:
    answer = create(call, shop, "wrong", **sent)
    assert answer.status == 422
    assert (field, rule) in {(error["field"], error["rule"]) for error in answer.json["errors"]}
    assert call("vehicles", "list_vehicles", shop=shop).json == []


def test_the_list_goes_by_number(call: Call, shop: Shop) -> None:
    made = [create(call, shop, str(n)).json["vehicle"]["id"] for n in range(5)]

    def ids(**query: str) -> list[int]:
        return [each["id"] for each in call("vehicles", "list_vehicles", shop=shop, query=query).json]

    assert ids(per_page="2") == made[:2]
    assert ids(per_page="2", after=str(made[1])) == made[2:4]
    assert ids(after=str(made[-1])) == []
    assert ids(after=str(10**12 - 1)) == []


def test_another_partner_sees_none_of_it(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    call("vehicles", "create_vehicle", shop=shop)
    other = open_shop()
    load(other)
    store = {"Store-Id": str(other.store_ids[0])}
    for operation in (
        "get_vehicle",
        "find_vehicle_by_plate",
        "find_vehicle_by_chassi",
        "list_vehicle_history",
        "update_vehicle",
        "remove_vehicle_from_stock",
    ):
        assert call("vehicles", operation, shop=other, headers=store).status == 404
    assert call("vehicles", "list_vehicles", shop=other, headers=store).json == []
