"""Debtors through their functions: a CPF or CNPJ is one debtor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.functions.invocation import CNPJ, CPF, OTHER_CPF, Answer, Shop
from tests.functions.negativations.ledger import ADDRESS, DEBTOR, Ledger


def test_a_debtor_is_kept_and_read_back(ledger: Ledger) -> None:
    sent = {**DEBTOR, "sex": "F", "birth_date": "1990-05-17", "mobile_phone": "(11) 98765-4321", "address": ADDRESS}
    answer = ledger.call("create_debtor", body={"debtor": sent})
    assert answer.status == 201
    kept = answer.json["data"]
    assert (kept["document"], kept["mobile_phone"]) == ("529.982.247-25", "+5511987654321")
    assert (kept["address"]["zip_code"], kept["address"]["city_code"]) == ("01001000", None)
    assert (kept["public_body"], kept["in_collection"]) == (False, True)
    shown = ledger.call("get_debtor", path={"debtor_id": kept["id"]})
    assert (shown.status, shown.json["data"]) == (200, kept)


def test_the_same_debtor_twice_is_one_and_another_of_the_document_is_refused(ledger: Ledger) -> None:
    first = ledger.call("create_debtor", body={"debtor": DEBTOR})
    ledger.clock.advance(hours=1)
    again = ledger.call("create_debtor", body={"debtor": DEBTOR})
    assert (again.status, again.json) == (201, first.json)
    other = ledger.call("create_debtor", body={"debtor": {**DEBTOR, "name": "Outra Pessoa"}})
    assert (other.status, other.json["code"]) == (409, "debtor_exists")


def test_a_key_answers_the_debtor_as_it_is_now(ledger: Ledger) -> None:
    def send(**changes: str) -> Answer:
        body = {"debtor": {**DEBTOR, **changes}}
        return ledger.call("create_debtor", body=body, headers={"Idempotency-Key": "k-1"})

    debtor_id = send().json["data"]["id"]
    ledger.call("update_debtor", path={"debtor_id": debtor_id}, body={"debtor": {"in_collection": False}})
    again = send()
    assert (again.status, again.json["data"]["in_collection"]) == (201, False)
    assert send(name="Outra Pessoa").json["code"] == "idempotency_key_reused"


def test_a_change_keeps_what_was_not_sent(ledger: Ledger) -> None:
    debtor_id = ledger.add_debtor(address=ADDRESS, sex="F", email="ana@example.com")
    body = {"debtor": {"address": {"number": "200", "complement": None}, "email": None, "public_body": True}}
    changed = ledger.call("update_debtor", path={"debtor_id": debtor_id}, body=body).json["data"]
    assert (changed["address"]["number"], changed["address"]["complement"]) == ("200", None)
    assert (changed["address"]["street"], changed["sex"]) == ("Praça da Sé", "F")
    assert (changed["email"], changed["public_body"]) == (None, True)
    refused = ledger.call("update_debtor", path={"debtor_id": debtor_id}, body={"debtor": {"document": OTHER_CPF}})
    assert refused.rules() == {"debtor.document": "unchangeable"}


def test_no_change_makes_no_version(ledger: Ledger) -> None:
    debtor_id = ledger.add_debtor()
    ledger.clock.advance(hours=1)
    answer = ledger.call("update_debtor", path={"debtor_id": debtor_id}, body={"debtor": {"name": DEBTOR["name"]}})
    assert answer.json["data"]["updated_at"] == answer.json["data"]["created_at"]


@pytest.mark.parametrize("field", [{"sex": "F"}, {"birth_date": "1990-05-17"}])
def test_a_company_has_neither_sex_nor_birth(ledger: Ledger, field: dict[str, str]) -> None:
    answer = ledger.call("create_debtor", body={"debtor": {**DEBTOR, "document": CNPJ, **field}})
    assert answer.status == 422
    assert set(answer.rules().values()) == {"natural_person_only"}


def test_debtors_are_listed_page_by_page_newest_first(ledger: Ledger) -> None:
    names = []
    for document in (CPF, OTHER_CPF, CNPJ):
        names.append(ledger.add_debtor(document))
        ledger.clock.advance(hours=1)
    pages, cursor = [], None
    while True:
        query = {"per_page": "2", **({"cursor": cursor} if cursor else {})}
        answer = ledger.call("list_debtors", query=query)
        pages.append([row["id"] for row in answer.json["data"]])
        cursor = answer.json["next_cursor"]
        if not cursor:
            break
    assert pages == [[names[2], names[1]], [names[0]]]
    assert ledger.call("list_debtors", query={"cursor": "MTIz"}).rules() == {"cursor": "cursor"}


def test_another_partner_sees_no_debtor(ledger: Ledger, open_shop: Callable[[], Shop]) -> None:
    debtor_id = ledger.add_debtor()
    other = open_shop()
    for operation, body in (("get_debtor", None), ("update_debtor", {"debtor": {"in_collection": False}})):
        sent = {"body": body} if body else {}
        answer = ledger.call(operation, shop=other, path={"debtor_id": debtor_id}, **sent)
        assert (answer.status, answer.json["code"]) == (404, "debtor_not_found")
    assert ledger.call("list_debtors", shop=other, query={}).json["data"] == []
