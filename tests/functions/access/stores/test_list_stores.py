"""A partner's stores."""

from __future__ import annotations

import pytest

from tests.functions.conftest import Call, OpenShop


def test_the_callers_stores_and_no_other(call: Call, open_shop: OpenShop) -> None:
    open_shop()
    shop = open_shop(stores=2)
    answer = call("access", "list_stores", shop=shop, store_id=None)
    assert answer.status == 200
    stores = answer.json["stores"]
    assert [store["id"] for store in stores] == list(shop.store_ids)
    assert stores[0]["name"] == stores[0]["display_name"] == "Loja 1"
    assert stores[0]["cnpj"] == "11.222.333/0001-81"
    assert stores[0]["created_at"].endswith("Z")


def test_a_partner_without_stores_has_an_empty_list(call: Call, open_shop: OpenShop) -> None:
    answer = call("access", "list_stores", shop=open_shop(stores=0), store_id=None)
    assert (answer.status, answer.json) == (200, {"stores": []})


@pytest.mark.parametrize(
    ("header", "status"), [("abc", 422), ("1.5", 422), ("9" * 30, 422), ("-1", 422), ("4711", 403)]
)
def test_a_store_header_that_is_wrong_or_foreign(call: Call, open_shop: OpenShop, header: str, status: int) -> None:
    answer = call("access", "list_stores", shop=open_shop(), store_id=header)
    assert answer.status == status
    assert answer.json["error"]["status"] == status
