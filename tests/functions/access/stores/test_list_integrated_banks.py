"""The banks that a store may ask."""

from __future__ import annotations

import pytest

from tests.functions.conftest import Call, OpenShop


def test_a_bank_is_usable_once_its_credentials_were_put(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(ready=("341",), banks=("655",))
    path = {"store_id": str(shop.store_ids[0])}
    answer = call("access", "list_integrated_banks", shop=shop, store_id=None, path=path, query=None)
    assert answer.status == 200
    told = {each["bank"]["febraban_code"]: each["credentials_status"] for each in answer.json["integrated_banks"]}
    assert told == {"341": "okay", "655": "not_analyzed"}
    assert {"banks": answer.json["banks"]} == {
        "banks": [
            {
                "id": 1,
                "code": "341",
                "name": "Itaú",
                "tradename": "Itaú Unibanco S.A.",
                "bank_credential": {"active": True, "status": "okay"},
            },
            {
                "id": 3,
                "code": "655",
                "name": "BV",
                "tradename": "Banco Votorantim S.A.",
                "bank_credential": {"active": True, "status": "not_analyzed"},
            },
        ]
    }


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"bank_codes[]": ["655", "422", "unknown"]}, ["655", "422"]),
        ({"bank_codes[]": "422"}, ["422"]),
        ({"bank_codes": "341, 422"}, ["341", "422"]),
        ({"bank_codes": ""}, ["341", "655", "422"]),
        (None, ["341", "655", "422"]),
    ],
)
def test_the_list_can_be_narrowed(
    call: Call, open_shop: OpenShop, query: dict[str, str] | None, codes: list[str]
) -> None:
    shop = open_shop(banks=("341", "655", "422"))
    answer = call("access", "list_integrated_banks", shop=shop, path={"store_id": str(shop.store_ids[0])}, query=query)
    assert [bank["code"] for bank in answer.json["banks"]] == codes


def test_a_store_of_somebody_else_and_one_that_does_not_exist_look_alike(call: Call, open_shop: OpenShop) -> None:
    shop, other = open_shop(), open_shop()
    answers = [
        call("access", "list_integrated_banks", shop=shop, path={"store_id": store_id})
        for store_id in (str(other.store_ids[0]), "4711")
    ]
    assert [answer.status for answer in answers] == [403, 403]
    assert answers[0].json["detail"] == answers[1].json["detail"]


@pytest.mark.parametrize("store_id", ["abc", "0", "1.5", "-1", "9" * 40, "NaN", " "])
def test_a_store_that_is_no_number(call: Call, open_shop: OpenShop, store_id: str) -> None:
    answer = call("access", "list_integrated_banks", shop=open_shop(), path={"store_id": store_id})
    assert answer.status == 422
    assert list(answer.rules()) == ["store_id"]
