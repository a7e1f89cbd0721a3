"""What screens mask of a bureau's answer: shown to who may read the inquiry, once it is recorded that they asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.functions.bureaus.office import RESTRICTED, Office
from tests.functions.invocation import Answer, Shop, call_function

ADVANCED = {"reports": ["RELATORIO_AVANCADO_TOP_SCORE_PF_PME"]}


@dataclass(frozen=True)
class Worker(Shop):
    """Somebody who works with the panel."""

    job: str = "analyst"

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "job": self.job, "principal": "7d1c3c0e-6a35-4f7b-9d0f-3f2f5f9a1b2c"}


def ask(shop: Shop, inquiry_id: str, field: str, **options: Any) -> Answer:
    body = {"disclosure": {"kind": "bureau_inquiry", "subject_id": inquiry_id, "field": field}}
    options.setdefault("store_id", None)
    return call_function("retention", "create_disclosure", shop=shop, body=body, **options)


def test_a_masked_field_of_an_answer_is_shown_and_recorded(office: Office) -> None:
    shop, _ = office.open_integrated(fields=ADVANCED)
    inquiry = office.inquire(shop, RESTRICTED).json["data"]
    identity = inquiry["result"]["identity"]
    assert identity["birth_date"]
    for field, values in (
        ("document", [RESTRICTED]),
        ("birth_date", [identity["birth_date"]]),
        ("mother_name", [identity["mother_name"]]),
        ("phones", identity["phones"]),
    ):
        answer = ask(shop, inquiry["id"], field)
        assert (answer.status, answer.json["data"]["values"]) == (201, values), field
    [address] = ask(shop, inquiry["id"], "addresses").json["data"]["values"]
    assert all(str(part) in address for part in identity["addresses"][0].values() if part)
    listed = call_function("retention", "list_disclosures", shop=shop, query=None).json["data"]
    assert {each["field"] for each in listed} == {"document", "birth_date", "mother_name", "phones", "addresses"}
    assert {each["subject_id"] for each in listed} == {inquiry["id"]}


def test_who_may_not_read_the_inquiry_sees_no_field_of_it(office: Office) -> None:
    shop, _ = office.open_integrated()
    stranger, _ = office.open_integrated()
    inquiry = office.inquire(shop).json["data"]["id"]
    operator = Worker(shop.partner_id, "", "", shop.store_ids, "operator")
    assert ask(Worker(shop.partner_id, "", "", shop.store_ids), inquiry, "document").status == 201
    for who, subject, field, told in (
        (operator, inquiry, "document", (403, "record_not_opened")),
        (stranger, inquiry, "document", (404, "inquiry_not_found")),
        (shop, "x#y", "document", (404, "inquiry_not_found")),
        (shop, inquiry, "score", (422, "invalid_input")),
    ):
        answer = ask(who, subject, field)
        assert (answer.status, answer.json["code"]) == told, (subject, field)
    assert len(call_function("retention", "list_disclosures", shop=shop, query=None).json["data"]) == 1


def test_a_store_sees_no_field_of_an_inquiry_of_another(office: Office) -> None:
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    office.add_integration(shop, office.add_branch(shop, store_id=first))
    inquiry = office.inquire(shop, store_id=first).json["data"]["id"]
    assert ask(shop, inquiry, "document", store_id=first).status == 201
    answer = ask(shop, inquiry, "document", store_id=second)
    assert (answer.status, answer.json["code"]) == (404, "inquiry_not_found")
