"""A simulation that names a vehicle of the store's stock has its data and price, and says nothing else beside."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.vehicles.wiring import open_loading
from sandbox.catalogue import make_catalogue
from tests.functions.invocation import Answer, Shop, call_function
from tests.functions.simulations.pipeline import Pipeline, sample_purchase

Json = dict[str, Any]
PRICE = 8_000_000
PLATE, CHASSI = "ABC1D23", "9BWZZZ377VT004251"


def stocked(pipeline: Pipeline, **more: Any) -> tuple[Shop, int]:
    shop = pipeline.open_shop()
    open_loading().load(shop.partner_id, "\n".join(make_catalogue().splitlines()[:4]).encode())
    described = {
        "vehicle_model_id": 3,
        "price_cents": PRICE,
        "license_plate_code": PLATE,
        "chassi_code": CHASSI,
        "color": "prata",
        "km_mileage": 32_000,
        "manufacture_year": 2022,
        "model_year": 2023,
        "licensing_uf": "SP",
        **more,
    }
    return shop, take_in(shop, described)


def take_in(shop: Shop, described: Json) -> int:
    made = call_function(
        "vehicles", "create_vehicle", shop=shop, body={"vehicle": described}, headers={"Idempotency-Key": None}
    )
    assert made.status == 201, made.text
    found: int = made.json["vehicle"]["id"]
    return found


def simulate(pipeline: Pipeline, shop: Shop, vehicle: Json, **more: Any) -> Answer:
    more = {"conditions": [{"installments": 36, "down_payment": 1_000_000}], **more}
    body = sample_purchase(vehicle=vehicle, **more)
    if "assets_value" not in more:
        del body["simulation"]["assets_value"]
    return pipeline.post(shop, body)


def test_its_data_and_price_come_from_the_stock(pipeline: Pipeline) -> None:
    shop, number = stocked(pipeline)
    answer = simulate(pipeline, shop, {"stock_vehicle_id": number, "licensing_city": "São Paulo"})
    assert answer.status == 200, answer.text
    data = answer.json["data"]
    vehicle = data["vehicle"]
    assert (data["assets_value"], vehicle["asset_value"], vehicle["stock_vehicle_id"]) == (PRICE, PRICE, number)
    assert (vehicle["license_plate_code"], vehicle["chassi_code"], vehicle["color"]) == (PLATE, CHASSI, "prata")
    assert (vehicle["manufacture_year"], vehicle["model_year"], vehicle["zero_km"]) == (2022, 2023, False)
    model = vehicle["vehicle_model"]
    listed = call_function("vehicles", "list_vehicle_models", shop=shop, query={}).json["vehicle_models"][2]
    assert [model[name] for name in ("brand", "version", "molicar_code", "year_start")] == [
        listed[name] for name in ("brand", "version", "molicar_code", "year_start")
    ]
    assert model["fuel_type"]["label"] == vehicle["fuel_type"]["label"] == listed["fuel"]["name"]
    assert all(each["financed_amount"] == PRICE - each["down_payment"] + 150_000 for each in data["conditions"])
    assert pipeline.read(shop, data["uuid"]).json == answer.json
    # What changes in the stock later changes no simulation.
    call_function("vehicles", "remove_vehicle_from_stock", shop=shop, path={"vehicle_id": str(number)})
    assert pipeline.read(shop, data["uuid"]).json == answer.json


def test_what_agrees_may_be_sent_and_what_differs_is_named_all_at_once(pipeline: Pipeline) -> None:
    shop, number = stocked(pipeline)
    agreed: Json = {"license_plate_code": "abc-1323", "chassi_code": CHASSI, "renavam_code": "891749063"}
    agreed |= {"stock_vehicle_id": number, "manufacture_year": 2022, "zero_km": False, "credere_vehicle_model_id": 3}
    assert simulate(pipeline, shop, {**agreed, "asset_value": PRICE}, assets_value=PRICE).status == 200
    wrong = {
        "stock_vehicle_id": number,
        "asset_value": PRICE - 1,
        "manufacture_year": 2021,
        "model_year": 2022,
        "zero_km": True,
        "licensing_uf": "RJ",
        "license_plate_code": "ABC1D24",
        "chassi_code": "9BWZZZ377VT004252",
        "vehicle_molicar_code": "02106163-7",
        "credere_vehicle_model_id": "2",
    }
    refused = simulate(pipeline, shop, wrong, assets_value=PRICE - 1)
    fields = {f"vehicle.{name}" for name in wrong if name != "stock_vehicle_id"} | {"assets_value"}
    assert refused.rules() == {f"simulation.{name}": "differs_from_stock" for name in fields}


def test_what_the_stock_does_not_say_has_to_be_sent(pipeline: Pipeline) -> None:
    shop, number = stocked(pipeline, manufacture_year=None, model_year=None, licensing_uf=None)
    refused = simulate(pipeline, shop, {"stock_vehicle_id": number})
    names = ("manufacture_year", "model_year", "licensing_uf")
    assert refused.rules() == {f"simulation.vehicle.{name}": "missing" for name in names}
    sent = {"stock_vehicle_id": number, "manufacture_year": 2022, "model_year": 2023, "licensing_uf": "SP"}
    assert simulate(pipeline, shop, sent).json["data"]["vehicle"]["licensing_uf"] == "SP"


def test_years_of_the_stock_are_checked_with_those_that_are_sent(pipeline: Pipeline) -> None:
    shop, number = stocked(pipeline, model_year=None)
    refused = simulate(pipeline, shop, {"stock_vehicle_id": number, "model_year": 2021})
    assert refused.rules() == {"simulation.vehicle.model_year": "before_manufacture_year"}


def test_no_down_payment_is_above_its_price(pipeline: Pipeline) -> None:
    shop, number = stocked(pipeline)
    conditions = [
        {"installments": 12, "down_payment": PRICE + 1},
        {"installments": 12, "down_payment": 1_000_000, "financed_amount": PRICE},
    ]
    refused = simulate(pipeline, shop, {"stock_vehicle_id": number}, conditions=conditions)
    assert refused.rules() == {
        "simulation.conditions.0.down_payment": "above_asset_value",
        "simulation.conditions.1.financed_amount": "mismatch",
    }


@pytest.mark.parametrize("whose", ["nobody", "removed", "another store"])
def test_a_vehicle_that_is_not_for_sale_here_is_not_there(pipeline: Pipeline, whose: str) -> None:
    shop, number = stocked(pipeline)
    if whose == "nobody":
        number = 999_999
    elif whose == "removed":
        call_function("vehicles", "remove_vehicle_from_stock", shop=shop, path={"vehicle_id": str(number)})
    else:
        shop = pipeline.open_shop()
    refused = simulate(pipeline, shop, {"stock_vehicle_id": number})
    assert refused.rules() == {"simulation.vehicle.stock_vehicle_id": "not_in_stock"}
