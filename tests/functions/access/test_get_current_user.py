from __future__ import annotations

from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Shop


def test_the_principal_is_the_partner_of_the_key(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(stores=2)
    answer = call("access", "get_current_user", shop=shop, store_id=None)
    assert answer.status == 200
    assert answer.json == {
        "user": {
            "id": shop.partner_id,
            "name": "Rede Exemplo",
            "email": None,
            "cpf": None,
            "role": {"id": 1, "identifier": "partner_api", "name": "Integração de parceiro"},
            "account": {"id": shop.partner_id, "name": "Rede Exemplo"},
        }
    }


def test_a_partner_that_is_gone(call: Call) -> None:
    assert call("access", "get_current_user", shop=Shop("gone", "key", "id", (1,))).status == 404
