"""What the store's banks want to know of a lead."""

from __future__ import annotations

import pytest

from lastro.kernel.banks import BANKS, REQUIRED_LEAD_FIELDS
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Shop

OPERATION = ("simulations", "get_lead_required_fields")


def test_it_answers_before_the_lead_exists(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(ready=("341", "623"))
    answer = call(*OPERATION, shop=shop)
    assert answer.status == 200
    assert answer.json["data"] == {
        "lead": None,
        "requirements": {
            "cpf_cnpj": ["341", "623"],
            "has_cnh": ["341", "623"],
            "phone_number": ["341", "623"],
            "name": ["341", "623"],
            "birthdate": ["623"],
            "email": ["623"],
            "monthly_income": ["623"],
            "retrieve_occupation": ["623"],
            "address": {"zip_code": ["623"]},
        },
    }


def test_it_shows_the_lead_once_there_is_one(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(ready=("341",))
    created = call("simulations", "create_lead", shop=shop)
    assert call(*OPERATION, shop=shop).json["data"]["lead"] == created.json["data"]


def test_all_banks_together_ask_what_the_catalogue_says(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(ready=tuple(BANKS))
    found = call(*OPERATION, shop=shop, query=None).json["data"]["requirements"]
    flat = {**found, "address.zip_code": found["address"]["zip_code"]}
    del flat["address"]
    assert {name: set(codes) for name, codes in flat.items()} == {
        name: set(codes) for name, codes in REQUIRED_LEAD_FIELDS.items()
    }


def test_a_bank_without_credentials_asks_nothing_yet(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(ready=("341",), banks=("623",))
    assert call(*OPERATION, shop=shop, query=None).json["data"]["requirements"]["cpf_cnpj"] == ["341"]


def test_a_store_without_banks_requires_nothing(call: Call, shop: Shop) -> None:
    assert call(*OPERATION, shop=shop, query=None).json["data"] == {"lead": None, "requirements": {}}


def test_a_named_bank_tells_what_it_asks_before_the_store_can_use_it(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(ready=("341",), banks=("623",))
    for code in ("623", "422"):
        found = call(*OPERATION, shop=shop, query={"bank_codes": code}).json["data"]["requirements"]
        assert found["phone_number"] == [code]
    assert "birthdate" not in found


def test_a_bank_there_is_not_is_named(call: Call, open_shop: OpenShop) -> None:
    answer = call(*OPERATION, shop=open_shop(ready=("341",)), query={"bank_codes": "341,999,itau"})
    assert answer.status == 422
    assert [(each["field"], each["rule"]) for each in answer.json["errors"]] == [
        ("bank_codes.1", "unknown_bank"),
        ("bank_codes.2", "unknown_bank"),
    ]


def test_a_company_is_asked_for_no_driving_licence(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(ready=tuple(BANKS))
    found = call(*OPERATION, shop=shop, query=None, path={"cpf_cnpj": "12ABC34501DE35"}).json["data"]["requirements"]
    assert set(found) == {"cpf_cnpj", "phone_number", "name", "email", "address"}
    assert found["address"] == {"zip_code": ["623"]}


@pytest.mark.parametrize("document", ["1", "00000000000"])
def test_no_document(call: Call, shop: Shop, document: str) -> None:
    assert call(*OPERATION, shop=shop, path={"cpf_cnpj": document}).status == 422
