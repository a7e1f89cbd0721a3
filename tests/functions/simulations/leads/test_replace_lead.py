"""Putting all of a lead's data anew."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.aws.clients import open_client
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import CPF, OTHER_CPF, Shop


def test_the_sample_puts_everything_anew_and_keeps_what_identifies(call: Call, shop: Shop) -> None:
    before = call("simulations", "create_lead", shop=shop).json["data"]
    answer = call("simulations", "replace_lead", shop=shop)
    assert answer.status == 200
    after = answer.json["data"]
    assert after["monthly_income"] == 700000
    changed = {name for name in before if before[name] != after[name]}
    assert changed - {"updated_at"} == {"monthly_income"}
    assert after["updated_at"] >= before["updated_at"]
    assert call("simulations", "get_lead", shop=shop).json == answer.json


def test_what_is_left_out_becomes_null(call: Call, shop: Shop) -> None:
    created = call("simulations", "create_lead", shop=shop).json["data"]
    data = call("simulations", "replace_lead", shop=shop, body={"lead": {"name": "Ana Nova"}}).json["data"]
    kept = {"id", "cpf_cnpj", "created_at", "payload"}
    assert {name: data[name] for name in kept} == {name: created[name] for name in kept}
    assert data["name"] == "Ana Nova"
    assert all(data[name] is None for name in set(data) - kept - {"name", "updated_at"})


@pytest.mark.parametrize("repeated", [CPF, "529.982.247-25", None])
def test_the_document_may_be_repeated(call: Call, shop: Shop, repeated: str | None) -> None:
    call("simulations", "create_lead", shop=shop)
    assert call("simulations", "replace_lead", shop=shop, body={"lead": {"cpf_cnpj": repeated}}).status == 200


def test_the_document_cannot_change(call: Call, shop: Shop) -> None:
    call("simulations", "create_lead", shop=shop)
    body = {"lead": {"cpf_cnpj": OTHER_CPF, "monthly_income": -1}}
    answer = call("simulations", "replace_lead", shop=shop, body=body)
    assert answer.status == 422
    assert answer.rules() == {"lead.cpf_cnpj": "mismatch", "lead.monthly_income": "greater_than_equal"}


def test_a_lead_nobody_made_and_a_strangers(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    assert call("simulations", "replace_lead", shop=shop).status == 404
    call("simulations", "create_lead", shop=shop)
    assert call("simulations", "replace_lead", shop=open_shop()).status == 404


def test_a_change_that_comes_between_is_not_lost(call: Call, shop: Shop) -> None:
    """PATCH reads, then PUT commits, then PATCH writes: the patch is made again on what the PUT left."""
    call("simulations", "create_lead", shop=shop)
    client = open_client("dynamodb")

    def replace_first(**_: Any) -> None:
        client.meta.events.unregister("before-call.dynamodb.PutItem", replace_first)
        call("simulations", "replace_lead", shop=shop, body={"lead": {"name": "Nome do PUT"}})

    client.meta.events.register("before-call.dynamodb.PutItem", replace_first)
    data = call("simulations", "update_lead", shop=shop, body={"lead": {"email": "a@example.com"}}).json["data"]
    assert (data["name"], data["email"], data["monthly_income"]) == ("Nome do PUT", "a@example.com", None)
    assert call("simulations", "get_lead", shop=shop).json["data"] == data


def test_what_was_answered_may_be_put_back(call: Call, shop: Shop) -> None:
    created = call("simulations", "create_lead", shop=shop).json["data"]
    assert call("simulations", "replace_lead", shop=shop, body={"lead": created}).json["data"] == created
    changed = {**created, "retrieve_gender": "M", "mother_name": ""}
    data = call("simulations", "replace_lead", shop=shop, body={"lead": changed}).json["data"]
    assert (data["gender"]["credere_identifier"], data["mother_name"]) == ("M", None)


@pytest.mark.parametrize("path", ["11.222.333%2F0001-81", "11.222.333/0001-81", "11222333000181"])
def test_a_masked_cnpj_in_the_path(call: Call, shop: Shop, path: str) -> None:
    call("simulations", "create_lead", shop=shop, body={"lead": {"cpf_cnpj": 11222333000181}})
    body = {"lead": {"cpf_cnpj": "11.222.333/0001-81", "name": "Exemplo Ltda"}}
    answer = call("simulations", "replace_lead", shop=shop, path={"cpf_cnpj": path}, body=body)
    assert (answer.status, answer.json["data"]["name"]) == (200, "Exemplo Ltda")
    other = {"lead": {"cpf_cnpj": CPF}}
    refused = call("simulations", "replace_lead", shop=shop, path={"cpf_cnpj": path}, body=other)
    assert refused.rules() == {"lead.cpf_cnpj": "mismatch"}
