"""Reading a lead."""

from __future__ import annotations

from io import StringIO

import pytest

from tests.functions.conftest import Call
from tests.functions.invocation import CPF, OTHER_CPF, Shop


@pytest.mark.parametrize("document", [CPF, "529.982.247-25", "529%2E982%2E247-25", f" {CPF} "])
def test_a_lead_is_found_by_its_document_however_written(call: Call, shop: Shop, document: str) -> None:
    created = call("simulations", "create_lead", shop=shop)
    answer = call("simulations", "get_lead", shop=shop, path={"cpf_cnpj": document})
    assert (answer.status, answer.json) == (200, created.json)


@pytest.mark.parametrize("document", ["12ABC34501DE35", "12.abc.345%2F01de-35", "12.ABC.345/01DE-35"])
def test_a_company_too(call: Call, shop: Shop, document: str) -> None:
    call("simulations", "create_lead", shop=shop, body={"lead": {"cpf_cnpj": "12ABC34501DE35", "name": "Exemplo SA"}})
    answer = call("simulations", "get_lead", shop=shop, path={"cpf_cnpj": document})
    assert answer.json["data"]["cpf_cnpj"] == "12.ABC.345/01DE-35"


def test_a_lead_nobody_made(call: Call, shop: Shop) -> None:
    answer = call("simulations", "get_lead", shop=shop, path={"cpf_cnpj": OTHER_CPF})
    assert (answer.status, answer.json["type"]) == (404, "urn:lastro:error:lead_not_found")


@pytest.mark.parametrize("document", ["1", "11111111111", "%", "%00", "a" * 300, "52998224725/"])
def test_a_path_that_holds_no_document(call: Call, shop: Shop, document: str) -> None:
    answer = call("simulations", "get_lead", shop=shop, path={"cpf_cnpj": document})
    assert (answer.status, list(answer.rules())) == (422, ["cpf_cnpj"])


def test_no_whole_document_is_logged(call: Call, shop: Shop, logged: StringIO) -> None:
    call("simulations", "create_lead", shop=shop)
    call("simulations", "get_lead", shop=shop)
    call("simulations", "get_lead", shop=shop, path={"cpf_cnpj": "52998224726"})
    assert logged.getvalue().count('"status"') == 3
    for whole in (CPF, "529.982.247-25", "52998224726"):
        assert whole not in logged.getvalue()
