"""Changing what is sent of a lead."""

from __future__ import annotations

import pytest

from lastro.aws.dynamodb.keys import simulations as keys
from lastro.aws.dynamodb.table import Table
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import CPF, OTHER_CPF, Shop


def test_the_sample_changes_what_it_names_and_nothing_else(call: Call, shop: Shop) -> None:
    before = call("simulations", "create_lead", shop=shop).json["data"]
    answer = call("simulations", "update_lead", shop=shop)
    assert answer.status == 200
    after = answer.json["data"]
    assert after["email"] == "ana.exemplo@example.com"
    assert after["occupation"] is None
    assert after["address"] == {**before["address"], "number": "2"}
    assert {name for name in before if before[name] != after[name]} - {"updated_at"} == {
        "email",
        "occupation",
        "address",
    }
    assert call("simulations", "get_lead", shop=shop).json == answer.json


def test_null_clears_the_whole_address(call: Call, shop: Shop) -> None:
    call("simulations", "create_lead", shop=shop)
    assert (
        call("simulations", "update_lead", shop=shop, body={"lead": {"address": None}}).json["data"]["address"] is None
    )


def test_an_address_where_there_was_none(call: Call, shop: Shop) -> None:
    call("simulations", "create_lead", shop=shop, body={"lead": {"cpf_cnpj": "52998224725"}})
    data = call("simulations", "update_lead", shop=shop, body={"lead": {"address": {"state": "sp"}}}).json["data"]
    assert data["address"]["state"] == "SP"
    assert data["address"]["city"] is None


def read_version(table: Table, shop: Shop) -> int:
    item = table.get(keys.lead(shop.store_ids[0], CPF))
    assert item is not None
    return int(item["version"])


def test_nothing_changed_makes_no_version(call: Call, shop: Shop, table: Table) -> None:
    before = call("simulations", "create_lead", shop=shop).json["data"]
    version = read_version(table, shop)
    nothing: list[dict[str, object]] = [
        {},
        {"name": before["name"]},
        {"address": {}},
        {"phone_number": "84 90000-0000"},
    ]
    for lead in nothing:
        assert call("simulations", "update_lead", shop=shop, body={"lead": lead}).json["data"] == before
    assert read_version(table, shop) == version


@pytest.mark.parametrize("empty", [None, "", " "])
@pytest.mark.parametrize(
    "field", ["name", "birthdate", "email", "phone_number", "monthly_income", "has_cnh", "address"]
)
def test_null_and_empty_clear_alike(call: Call, shop: Shop, field: str, empty: str | None) -> None:
    before = call("simulations", "create_lead", shop=shop).json["data"]
    after = call("simulations", "update_lead", shop=shop, body={"lead": {field: empty}}).json["data"]
    assert {name for name in before if before[name] != after[name]} - {"updated_at"} == {field}
    assert after[field] is None


@pytest.mark.parametrize("empty", [None, ""])
def test_a_part_of_the_address_is_cleared_alone(call: Call, shop: Shop, empty: str | None) -> None:
    before = call("simulations", "create_lead", shop=shop).json["data"]
    body = {"lead": {"address": {"street": empty}}}
    data = call("simulations", "update_lead", shop=shop, body=body).json["data"]
    assert data["address"] == {**before["address"], "street": None}


@pytest.mark.parametrize("lead", [{"cpf_cnpj": OTHER_CPF}, {"monthly_income": 1.5}, {"retrieve_gender": "X"}])
def test_what_is_wrong_changes_nothing(call: Call, shop: Shop, lead: dict[str, object]) -> None:
    before = call("simulations", "create_lead", shop=shop).json
    assert call("simulations", "update_lead", shop=shop, body={"lead": {"name": "Outro", **lead}}).status == 422
    assert call("simulations", "get_lead", shop=shop).json == before


def test_a_lead_nobody_made_and_a_strangers(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    assert call("simulations", "update_lead", shop=shop).status == 404
    call("simulations", "create_lead", shop=shop)
    assert call("simulations", "update_lead", shop=open_shop()).status == 404
