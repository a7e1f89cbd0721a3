"""What POST refuses: every wrong field by name and rule, all at once, and nothing stored for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lastro.kernel.banks import BANKS
from lastro.wire.requests import MAX_BODY_BYTES
from tests.functions.invocation import Shop, call_function
from tests.functions.simulations.pipeline import Pipeline, sample_purchase

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="module")
def shop(shared_pipeline: Pipeline) -> Iterator[Shop]:
    """Two integrated banks, one more without credentials. No test of this module may leave anything in it."""
    shop = shared_pipeline.open_shop(without=("655",))
    yield shop
    assert shared_pipeline.page(shop).json == {"data": []}
    assert shared_pipeline.take() == []


def put(path: str, value: Any) -> Change:
    """Set the value at a dotted path below ``simulation``."""

    def change(simulation: dict[str, Any]) -> None:
        *outer, last = path.split(".")
        place: Any = simulation
        for name in outer:
            place = place[int(name)] if isinstance(place, list) else place[name]
        place[int(last) if isinstance(place, list) else last] = value

    return change


def drop(path: str) -> Change:
    """Leave the field at a dotted path out."""

    def change(simulation: dict[str, Any]) -> None:
        *outer, last = path.split(".")
        place: Any = simulation
        for name in outer:
            place = place[int(name)] if isinstance(place, list) else place[name]
        del place[last]

    return change


FIRST = "conditions.0."
DOWN = FIRST + "down_payment"

CASES: list[tuple[list[Change], dict[str, str]]] = [
    # documents
    ([put("retrieve_lead.cpf_cnpj", "529.982.247-26")], {"retrieve_lead.cpf_cnpj": "cpf_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", "52998224726")], {"retrieve_lead.cpf_cnpj": "cpf_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", "11111111111")], {"retrieve_lead.cpf_cnpj": "cpf_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", "529982247-2")], {"retrieve_lead.cpf_cnpj": "cpf_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", "11.222.333/0001-82")], {"retrieve_lead.cpf_cnpj": "cpf_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", "12.ABC.345/01DE-36")], {"retrieve_lead.cpf_cnpj": "cpf_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", "")], {"retrieve_lead.cpf_cnpj": "cpf_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", "٥٢٩٩٨٢٢٤٧٢٥")], {"retrieve_lead.cpf_cnpj": "cpf_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", 191)], {"retrieve_lead.cpf_cnpj": "cpf_or_cnpj"}),
    ([put("retrieve_lead.cpf_cnpj", 52998224725.0)], {"retrieve_lead.cpf_cnpj": "string_type"}),
    ([put("retrieve_lead.cpf_cnpj", None)], {"retrieve_lead.cpf_cnpj": "string_type"}),
    ([put("retrieve_lead", None)], {"retrieve_lead": "model_type"}),
    ([drop("retrieve_lead")], {"retrieve_lead": "missing"}),
    ([drop("retrieve_lead.cpf_cnpj")], {"retrieve_lead.cpf_cnpj": "missing"}),
    ([put("seller_cpf", "111.444.777-36")], {"seller_cpf": "cpf"}),
    ([put("seller_cpf", "11.222.333/0001-81")], {"seller_cpf": "cpf"}),
    # cents
    ([put(DOWN, -1)], {DOWN: "greater_than_equal"}),
    ([put(DOWN, 1.5)], {DOWN: "int_type"}),
    ([put(DOWN, 1.0)], {DOWN: "int_type"}),
    ([put(DOWN, True)], {DOWN: "int_type"}),
    ([put(DOWN, "2000000")], {DOWN: "int_type"}),
    ([put(DOWN, None)], {DOWN: "int_type"}),
    ([put(DOWN, 10**13)], {DOWN: "less_than_equal"}),
    ([put(DOWN, 10_000_001)], {DOWN: "above_asset_value"}),
    ([drop(DOWN)], {DOWN: "missing"}),
    ([put("documentation_value", -1)], {"documentation_value": "greater_than_equal"}),
    ([put("accessory_value", 0.5)], {"accessory_value": "int_type"}),
    ([put("insurance_value", False)], {"insurance_value": "int_type"}),
    ([put(FIRST + "financed_amount", "8000000")], {FIRST + "financed_amount": "int_type"}),
    ([put(FIRST + "financed_amount", 8_000_001)], {FIRST + "financed_amount": "mismatch"}),
    ([put(FIRST + "financed_amount", 0)], {FIRST + "financed_amount": "mismatch"}),
    (
        [drop("vehicle.asset_value"), put("conditions.1.financed_amount", 8_150_000)],
        {"conditions.1.financed_amount": "mismatch"},
    ),
    ([put(DOWN, 10_000_001), put(FIRST + "financed_amount", 0)], {DOWN: "above_asset_value"}),
    # the asset
    ([put("assets_value", 9_999_999)], {"vehicle.asset_value": "mismatch"}),
    ([drop("assets_value"), drop("vehicle.asset_value")], {"assets_value": "required"}),
    ([put("assets_value", None), put("vehicle.asset_value", None)], {"assets_value": "required"}),
    (
        [put("assets_value", 0), put("vehicle.asset_value", 0), put(DOWN, 0), put("conditions.1.down_payment", 0)],
        {"assets_value": "greater_than_equal", "vehicle.asset_value": "greater_than_equal"},
    ),
    (
        [put("assets_value", -5), drop("vehicle.asset_value"), put("conditions", [{"installments": 12}])],
        {"assets_value": "greater_than_equal", DOWN: "missing"},
    ),
    # banks
    ([put("bank_febraban_codes", ["999"])], {"bank_febraban_codes.0": "unknown_bank"}),
    ([put("bank_febraban_codes", ["341", "033"])], {"bank_febraban_codes.1": "bank_not_integrated"}),
    ([put("bank_febraban_codes", ["655"])], {"bank_febraban_codes.0": "bank_not_integrated"}),
    ([put("bank_febraban_codes", [341])], {"bank_febraban_codes.0": "string_type"}),
    ([put("bank_febraban_codes", "341")], {"bank_febraban_codes": "list_type"}),
    ([put(FIRST + "bank_febraban_code", "999")], {FIRST + "bank_febraban_code": "unknown_bank"}),
    ([put(FIRST + "bank_febraban_code", "033")], {FIRST + "bank_febraban_code": "bank_not_integrated"}),
    # conditions
    ([put("conditions", [])], {"conditions": "too_short"}),
    ([put("conditions", None)], {"conditions": "list_type"}),
    ([drop("conditions")], {"conditions": "missing"}),
    ([put("conditions", [{"installments": 12, "down_payment": 0}] * 61)], {"conditions": "too_long"}),
    ([put("conditions.1", 7)], {"conditions.1": "model_type"}),
    ([put(FIRST + "installments", 0)], {FIRST + "installments": "greater_than_equal"}),
    ([put(FIRST + "installments", 121)], {FIRST + "installments": "less_than_equal"}),
    ([put(FIRST + "installments", "36")], {FIRST + "installments": "int_type"}),
    ([put(FIRST + "max_return", 7)], {FIRST + "max_return": "less_than_equal"}),
    ([put(FIRST + "min_return", 4), put(FIRST + "max_return", 3)], {FIRST + "min_return": "above_max_return"}),
    ([put(FIRST + "min_return", " 4"), put(FIRST + "max_return", "0")], {FIRST + "min_return": "above_max_return"}),
    ([put(FIRST + "return_preference", "best")], {FIRST + "return_preference": "literal_error"}),
    # the vehicle
    ([drop("vehicle")], {"vehicle": "missing"}),
    ([drop("vehicle.vehicle_molicar_code")], {"vehicle.vehicle_molicar_code": "required"}),
    ([put("vehicle.vehicle_molicar_code", "2106163-7")], {"vehicle.vehicle_molicar_code": "molicar_code"}),
    ([put("vehicle.vehicle_molicar_code", "٠٢١٠٦١٦٣-٧")], {"vehicle.vehicle_molicar_code": "molicar_code"}),
    ([put("vehicle.vehicle_molicar_code", "")], {"vehicle.vehicle_molicar_code": "required"}),
    (
        [put("vehicle.vehicle_molicar_code", None), put("vehicle.credere_vehicle_model_id", " ")],
        {"vehicle.vehicle_molicar_code": "required"},
    ),
    ([put("vehicle.credere_vehicle_model_id", 12.5)], {"vehicle.credere_vehicle_model_id": "string_type"}),
    ([put("vehicle.credere_vehicle_model_id", "a\x00b")], {"vehicle.credere_vehicle_model_id": "control_character"}),
    ([put("vehicle.model_year", 2023)], {"vehicle.model_year": "before_manufacture_year"}),
    ([put("vehicle.model_year", 2099)], {"vehicle.model_year": "year_in_future"}),
    (
        [put("vehicle.manufacture_year", 2099), put("vehicle.model_year", 2100)],
        {"vehicle.manufacture_year": "year_in_future", "vehicle.model_year": "year_in_future"},
    ),
    ([put("vehicle.manufacture_year", "2024")], {"vehicle.manufacture_year": "int_type"}),
    ([put("vehicle.licensing_city", "São\u202ePaulo")], {"vehicle.licensing_city": "control_character"}),
    ([put(FIRST + "min_return", True)], {FIRST + "min_return": "int_type"}),
    ([put(FIRST + "min_return", 1.0)], {FIRST + "min_return": "int_type"}),
    ([put("vehicle.licensing_uf", "ZZ")], {"vehicle.licensing_uf": "state"}),
    ([put("vehicle.licensing_uf", "São Paulo")], {"vehicle.licensing_uf": "state"}),
    ([put("vehicle.model_year", 26)], {"vehicle.model_year": "greater_than_equal"}),
    ([put("vehicle.zero_km", "yes")], {"vehicle.zero_km": "bool_type"}),
    # switches and the rest
    ([put("process_bank_suggested_conditions", "true")], {"process_bank_suggested_conditions": "bool_type"}),
    ([put("commercial", 1)], {"commercial": "bool_type"}),
    ([put("webhook_url", "https://example.com/" + 2048 * "x")], {"webhook_url": "string_too_long"}),
    ([put("webhook_url", "http://example.com/x")], {"webhook_url": "address_not_https"}),
    ([put("webhook_url", "https://user@example.com/")], {"webhook_url": "address_with_user_info"}),
    ([put("webhook_url", "não é endereço")], {"webhook_url": "address_malformed"}),
    # several at once
    (
        [
            put("retrieve_lead.cpf_cnpj", "1"),
            put("bank_febraban_codes", ["999", "422"]),
            put("documentation_value", -1),
            put("vehicle.asset_value", 5),
            put("vehicle.licensing_uf", "s"),
            put("conditions.0.installments", 0),
            put("conditions.0.down_payment", 10_000_001),
            put("conditions.1.bank_febraban_code", "000"),
        ],
        {
            "retrieve_lead.cpf_cnpj": "cpf_cnpj",
            "bank_febraban_codes.0": "unknown_bank",
            "documentation_value": "greater_than_equal",
            "vehicle.asset_value": "mismatch",
            "vehicle.licensing_uf": "state",
            "conditions.0.installments": "greater_than_equal",
            "conditions.0.down_payment": "above_asset_value",
            "conditions.1.bank_febraban_code": "unknown_bank",
        },
    ),
    (
        [put("retrieve_lead.cpf_cnpj", "111.444.777-35"), put("bank_febraban_codes", ["341", "033"])],
        {"retrieve_lead.cpf_cnpj": "lead_not_found", "bank_febraban_codes.1": "bank_not_integrated"},
    ),
]


@pytest.mark.parametrize(("changes", "wrong"), CASES, ids=[" ".join(wrong) for _, wrong in CASES])
def test_wrong_fields_are_named_with_their_rules(
    shared_pipeline: Pipeline, shop: Shop, changes: list[Change], wrong: dict[str, str]
) -> None:
    body = sample_purchase()
    for change in changes:
        change(body["simulation"])
    answer = shared_pipeline.post(shop, body, key="never-used")
    assert (answer.status, answer.rules()) == (422, {f"simulation.{field}": rule for field, rule in wrong.items()})
    assert answer.json["error"]["status"] == answer.json["status"] == 422
    assert all(error["message"] for error in answer.json["errors"])


@pytest.mark.parametrize("body", [{}, {"simulation": None}, {"simulation": []}, {"simulation": "x"}])
def test_a_body_without_a_simulation(shared_pipeline: Pipeline, shop: Shop, body: Any) -> None:
    answer = shared_pipeline.post(shop, body)
    assert (answer.status, list(answer.rules())) == (422, ["simulation"])


@pytest.mark.parametrize("body", ["", " ", "{", "[]", "null", "7", '{"simulation": NaN}', "{'a': 1}", None])
def test_a_body_that_is_no_json_object(shared_pipeline: Pipeline, shop: Shop, body: str | None) -> None:
    answer = shared_pipeline.post(shop, body)
    assert (answer.status, answer.json["type"]) == (400, "urn:lastro:error:malformed_request")


def test_a_body_over_the_limit(shared_pipeline: Pipeline, shop: Shop) -> None:
    text = json.dumps(sample_purchase())
    padded = text[:-1] + ', "note": ""}'
    padded = padded[:-2] + "x" * (MAX_BODY_BYTES - len(padded.encode())) + padded[-2:]
    assert len(padded.encode()) == MAX_BODY_BYTES
    assert shared_pipeline.post(shop, padded.replace('"installments": 36', '"installments": -6')).status == 422
    assert shared_pipeline.post(shop, padded + " ").status == 413


@pytest.mark.parametrize("sent", ["abc", "1.5", "-1", "1" * 40, "١"])
def test_a_store_id_that_is_no_number(shared_pipeline: Pipeline, shop: Shop, sent: str) -> None:
    answer = shared_pipeline.post(shop, store_id=sent)
    assert (answer.status, answer.rules()) == (422, {"Store-Id": "integer"})


@pytest.mark.parametrize("key", ["", "   ", "x" * 256])
def test_an_idempotency_key_of_no_use(shared_pipeline: Pipeline, shop: Shop, key: str) -> None:
    answer = shared_pipeline.post(shop, key=key)
    assert (answer.status, answer.rules()) == (422, {"Idempotency-Key": "length"})


def test_another_stores_lead_is_unknown(shared_pipeline: Pipeline) -> None:
    shop = shared_pipeline.open_shop(stores=2)
    other = "111.444.777-35"
    shared_pipeline.create_lead(shop, shop.store_ids[1], {"cpf_cnpj": other})
    body = sample_purchase(retrieve_lead={"cpf_cnpj": other})
    assert shared_pipeline.post(shop, body).rules() == {"simulation.retrieve_lead.cpf_cnpj": "lead_not_found"}
    assert shared_pipeline.post(shop, body, store_id=shop.store_ids[1]).status == 200
    assert len(shared_pipeline.take()) == 4


def test_a_store_without_banks(shared_pipeline: Pipeline) -> None:
    shop = shared_pipeline.open_shop("341")
    path = {"store_id": str(shop.store_ids[0])}
    listed = call_function("access", "list_integrated_banks", shop=shop, path=path, query=None)
    assert [bank["code"] for bank in listed.json["banks"]] == ["341"]
    bare = shared_pipeline.open_bare_shop()
    answer = shared_pipeline.post(bare, sample_purchase(bank_febraban_codes=None))
    assert answer.rules() == {"simulation.bank_febraban_codes": "no_integrated_bank"}


def test_unknown_fields_are_ignored_at_every_level(shared_pipeline: Pipeline) -> None:
    shop = shared_pipeline.open_shop()
    body = {**sample_purchase(fantasy={"a": [1]}), "idempotency_key": {"not": "a header"}, "other": 1}
    body["simulation"]["vehicle"]["doors"] = 4
    body["simulation"]["conditions"][0]["id"] = 99
    body["simulation"]["retrieve_lead"]["name"] = 5
    answer = shared_pipeline.post(shop, body)
    assert answer.status == 200
    assert not {"fantasy", "other"} & {*answer.json, *answer.json["data"]}
    assert len(shared_pipeline.take()) == 4


def test_every_bank_of_the_catalogue_can_be_named(shared_pipeline: Pipeline) -> None:
    shop = shared_pipeline.open_shop(*BANKS)
    body = sample_purchase(bank_febraban_codes=list(BANKS), conditions=[{"installments": 12, "down_payment": 0}])
    data = shared_pipeline.post(shop, body).json["data"]
    assert [c["bank"]["febraban_code"] for c in data["conditions"]] == list(BANKS)
    assert len(shared_pipeline.take()) == len(BANKS)
