"""The principal of a key."""

from __future__ import annotations

from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Shop


def test_the_principal_is_the_partner_of_the_key(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(stores=2)
    answer = call("access", "get_current_user", shop=shop, store_id=None)
    assert answer.status == 200
    user = answer.json["user"]
    number, moment = user["id"], user["created_at"]
    assert answer.json == {
        "user": {
            "id": number,
            "uuid": shop.partner_id,
            "name": "Rede Exemplo",
            "email": None,
            "cpf": None,
            "account_name": "Rede Exemplo",
            "role": {"id": 1, "identifier": "partner_api", "name": "Integração de parceiro"},
            "account": {
                "id": number,
                "name": "Rede Exemplo",
                "active": True,
                "send_sms": False,
                "state": "active",
                "beta_until": None,
            },
            "avatar": {},
            "active_alerts": {},
            "created_at": moment,
            "updated_at": moment,
        }
    }
    assert type(number) is int
    other = call("access", "get_current_user", shop=open_shop(), store_id=None)
    assert other.json["user"]["id"] != number


def test_a_partner_that_is_gone(call: Call) -> None:
    assert call("access", "get_current_user", shop=Shop("gone", "key", "id", (1,))).status == 404
