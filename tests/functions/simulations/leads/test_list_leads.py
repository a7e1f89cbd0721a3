"""The store's leads, page by page."""

from __future__ import annotations

import pytest

from lastro.aws.dynamodb.keys import simulations as keys
from lastro.aws.dynamodb.table import Table
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Shop

DOCUMENTS = ["11144477735", "12ABC34501DE35", "52998224725", "11222333000181", "99888777000100"]


@pytest.fixture
def full_shop(call: Call, shop: Shop) -> Shop:
    for document in DOCUMENTS:
        assert (
            call(
                "simulations",
                "create_lead",
                shop=shop,
                body={"lead": {"cpf_cnpj": document}},
                headers={"Idempotency-Key": None},
            ).status
            == 201
        )
    return shop


def bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_pages_hold_every_lead_once_in_order_of_document(call: Call, full_shop: Shop) -> None:
    pages = [
        call("simulations", "list_leads", shop=full_shop, query={"page": str(page), "per_page": "2"}).json["data"]
        for page in (1, 2, 3, 4)
    ]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [bare(lead["cpf_cnpj"]) for page in pages for lead in page] == sorted(DOCUMENTS)


def test_twenty_five_a_page_when_not_told(call: Call, shop: Shop, table: Table) -> None:
    moments = dict.fromkeys(("created_at", "updated_at"), "2026-11-03T12:00:00.000Z")
    lead = {"entity": "lead", "cpf_cnpj": DOCUMENTS[0], "id": 1, "version": 1, **moments}
    table.put_many([(keys.lead(shop.store_ids[0], f"{number:03}"), lead) for number in range(130)])
    assert len(call("simulations", "list_leads", shop=shop, query=None).json["data"]) == 25
    assert len(call("simulations", "list_leads", shop=shop, query={"per_page": "100"}).json["data"]) == 100


def test_only_the_leads_of_the_store(call: Call, full_shop: Shop, open_shop: OpenShop) -> None:
    stranger = open_shop()
    assert call("simulations", "list_leads", shop=stranger).json == {"data": []}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"page": "0"}, ["page"]),
        ({"page": "-1", "per_page": "101"}, ["page", "per_page"]),
        ({"page": "x", "per_page": "1.5"}, ["page", "per_page"]),
        ({"page": "9" * 50}, ["page"]),
    ],
)
def test_a_page_that_is_none(call: Call, shop: Shop, query: dict[str, str], fields: list[str]) -> None:
    answer = call("simulations", "list_leads", shop=shop, query=query)
    assert (answer.status, sorted(answer.rules())) == (422, fields)
