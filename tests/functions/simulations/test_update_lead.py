from __future__ import annotations

import pytest

from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import OTHER_CPF, Shop


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


def test_nothing_named_changes_nothing(call: Call, shop: Shop) -> None:
    before = call("simulations", "create_lead", shop=shop).json["data"]
    after = call("simulations", "update_lead", shop=shop, body={"lead": {}}).json["data"]
    assert {**after, "updated_at": before["updated_at"]} == before


@pytest.mark.parametrize("lead", [{"cpf_cnpj": OTHER_CPF}, {"monthly_income": 1.5}, {"retrieve_gender": ""}])
def test_what_is_wrong_changes_nothing(call: Call, shop: Shop, lead: dict[str, object]) -> None:
    before = call("simulations", "create_lead", shop=shop).json
    assert call("simulations", "update_lead", shop=shop, body={"lead": {"name": "Outro", **lead}}).status == 422
    assert call("simulations", "get_lead", shop=shop).json == before


def test_a_lead_nobody_made_and_a_strangers(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    assert call("simulations", "update_lead", shop=shop).status == 404
    call("simulations", "create_lead", shop=shop)
    assert call("simulations", "update_lead", shop=open_shop()).status == 404
