"""Fields that screens mask: shown to who may see the record, and never without a record of who asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lastro.aws.clients import open_client
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.visitors import staff_of
from tests.functions.invocation import CPF, Answer, Shop

ID = "7d1c3c0e-6a35-4f7b-9d0f-3f2f5f9a1b2c"


@dataclass(frozen=True)
class Person(Shop):
    """Somebody who works with the panel."""

    job: str = "analyst"

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "job": self.job, "principal": ID}


def person_of(shop: Shop, job: str) -> Person:
    return Person(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids, job)


def ask(call: Call, shop: Shop, kind: str, subject_id: Any, field: str) -> Answer:
    body = {"disclosure": {"kind": kind, "subject_id": subject_id, "field": field}}
    return call("retention", "create_disclosure", shop=shop, body=body)


@pytest.fixture
def lead(call: Call, shop: Shop) -> str:
    assert call("simulations", "create_lead", shop=shop).status == 201
    return CPF


def test_a_field_is_shown_and_who_saw_it_is_recorded(call: Call, shop: Shop, lead: str) -> None:
    seen = ask(call, person_of(shop, "analyst"), "lead", "529.982.247-25", "cpf_cnpj")
    assert (seen.status, seen.json["data"]["values"]) == (201, [CPF])
    changed = {"lead": {"email": None}}
    assert call("simulations", "update_lead", shop=shop, path={"cpf_cnpj": lead}, body=changed).status == 200
    nothing = ask(call, shop, "lead", lead, "email")
    assert (nothing.status, nothing.json["data"]["values"]) == (201, [])
    listed = call("retention", "list_disclosures", shop=person_of(shop, "manager"), query={"per_page": "1"}).json
    [newest] = listed["data"]
    rest = call("retention", "list_disclosures", shop=shop, query={"cursor": listed["next_cursor"]}).json
    both = {(each["field"], each["who"], each["subject_id"]) for each in (newest, *rest["data"])}
    assert both == {("cpf_cnpj", ID, "529.982.247-25"), ("email", shop.partner_id, lead)}
    assert rest["next_cursor"] is None
    assert all("values" not in each for each in (newest, *rest["data"]))


def test_who_may_not_read_the_record_sees_no_field_of_it(
    call: Call, shop: Shop, open_shop: OpenShop, lead: str
) -> None:
    customer = str(call("customers", "create_customer", shop=shop).json["customer"]["id"])
    assert ask(call, person_of(shop, "approver"), "customer", customer, "document").status == 201
    stranger = open_shop()
    for who, kind, subject_id, field, told in (
        (person_of(shop, "broker"), "proposal", "20261103090000000000001", "cpf", (403, "record_not_opened")),
        (person_of(shop, "broker"), "customer", customer, "document", (403, "record_not_opened")),
        (person_of(shop, "operator"), "lead", lead, "cpf_cnpj", (403, "record_not_opened")),
        (staff_of(shop, "broker"), "customer", customer, "document", (403, "record_not_opened")),
        (stranger, "lead", lead, "cpf_cnpj", (404, "lead_not_found")),
        (stranger, "customer", customer, "document", (404, "customer_not_found")),
        (shop, "customer", "1" * 120, "document", (404, "customer_not_found")),
        (shop, "customer", "\u0661", "document", (422, "invalid_input")),
        (shop, "lead", "fulana", "cpf_cnpj", (404, "lead_not_found")),
        (shop, "debtor", "x#y", "document", (404, "debtor_not_found")),
        (shop, "proposal", "x#y", "cpf", (404, "unknown_proposal")),
        (shop, "lead", lead, "cpf", (422, "invalid_input")),
        (shop, "boleto", lead, "cpf", (422, "invalid_input")),
    ):
        answer = ask(call, who, kind, subject_id, field)
        assert (answer.status, answer.json["code"]) == told, (kind, subject_id, answer.text)
    assert len(call("retention", "list_disclosures", shop=shop, query=None).json["data"]) == 1
    assert call("retention", "list_disclosures", shop=stranger, query=None).json["data"] == []
    assert call("retention", "list_disclosures", shop=person_of(shop, "analyst")).status == 403


def test_what_cannot_be_recorded_is_not_shown(call: Call, shop: Shop, lead: str) -> None:
    events = open_client("dynamodb").meta.events

    def fail(**_: Any) -> Any:
        raise TimeoutError

    events.register("before-call.dynamodb.PutItem", fail, unique_id="lost")
    events.register("before-call.dynamodb.TransactWriteItems", fail, unique_id="lost too")
    try:
        answer = ask(call, shop, "lead", lead, "cpf_cnpj")
    finally:
        events.unregister("before-call.dynamodb.PutItem", unique_id="lost")
        events.unregister("before-call.dynamodb.TransactWriteItems", unique_id="lost too")
    assert answer.status >= 500
    assert CPF not in answer.text
