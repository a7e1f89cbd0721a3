"""``GET /api/v1/banks``: the banks there are."""

from __future__ import annotations

from lastro.kernel.banks import BANKS
from tests.functions.conftest import Call
from tests.functions.invocation import Shop, call_function


def test_every_bank_of_the_catalogue_is_listed_in_order_of_id() -> None:
    answer = call_function("access", "list_banks")
    assert answer.status == 200
    banks = answer.json["banks"]
    assert [bank["code"] for bank in banks] == list(BANKS)
    assert [bank["id"] for bank in banks] == sorted(bank["id"] for bank in banks)
    assert banks[0] == {
        "id": 1,
        "code": "341",
        "febraban_code": "341",
        "name": "Itaú",
        "nickname": "Itaú",
        "tradename": "Itaú Unibanco S.A.",
        "credential_fields": ["client_id", "client_secret"],
        "required_fields": [
            *("born_at", "mother", "has_cnh", "phones"),
            *("address.zip_code", "address.street", "address.number", "address.state_id"),
            *("job_reference.income_cents", "emails", "job_reference.professional_ocupation_id", "job_reference.name"),
        ],
        "company_required_fields": [
            *("phones", "address.zip_code", "address.street", "address.number", "address.state_id", "emails"),
        ],
    }


def test_a_partner_with_several_stores_need_not_choose_one(call: Call) -> None:
    shop = Shop("partner", "key", "id", (1, 2))
    assert call("access", "list_banks", shop=shop, store_id=None).status == 200


def test_a_foreign_store_is_refused_even_here(call: Call) -> None:
    assert call("access", "list_banks", store_id=999).status == 403
