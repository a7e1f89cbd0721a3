"""Customers over the API, on the wire of Credere's public client."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.table import Table
from lastro.customers.people.domains import DOMAINS
from lastro.customers.people.store import CustomerStore
from lastro.kernel.documents import Cpf
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.conftest import Register, cpf_of, customer_with
from tests.functions.invocation import CNPJ, CPF, OTHER_CPF, Answer, Shop, sample_event

ONE = {"customer_id": "1"}


def create(call: Call, shop: Shop, body: Any, **more: Any) -> Answer:
    return call("customers", "create_customer", shop=shop, body=body, headers={"Idempotency-Key": None}, **more)


def update(call: Call, shop: Shop, **changes: Any) -> Answer:
    return call("customers", "update_customer", shop=shop, path=ONE, body={"customer": changes})


def test_a_customer_is_answered_as_credere_spells_it(call: Call, shop: Shop) -> None:
    made = call("customers", "create_customer", shop=shop)
    assert made.status == 201
    customer = made.json["customer"]
    assert (customer["object_type"], customer["id"], customer["state"]) == ("Customer", 1, "checagem")
    assert customer["cpf"] == "529.982.247-25"
    assert (customer["born_at"], customer["rg_date"]) == ("1990-05-17", "2010-01-31")
    assert customer["rg_state"] == {"id": 35, "name": "São Paulo"}
    assert customer["genre"] == {"id": 1, "name": "Feminino"}
    assert customer["state_of_birth"]["name"] == "Rio Grande do Norte"
    assert (customer["marital_status"]["name"], customer["cnh_type"]["name"]) == ("Solteiro(a)", "B")
    assert (customer["guarantors"], customer["partners"], customer["monthly_billings"]) == ([], [], [])
    phone = customer["phones"][0]
    assert (phone["object_type"], phone["code"], phone["number"]) == ("Phone", 84, 900000000)
    assert customer["address"]["object_type"] == "Address"
    assert customer["job_reference"]["joined_at"] == "2015-03-01"
    numbers = [part["id"] for part in (customer["address"], customer["job_reference"], phone, customer["emails"][0])]
    assert all(isinstance(number, int) for number in numbers)
    assert len(set(numbers)) == 4
    assert made.json["bank_validations"] == {"bank_codes": ["341", "623"], "store_id": None}
    assert call("customers", "get_customer", shop=shop).json == {"customer": customer, "bank_validations": None}


def test_a_person_is_one_customer_of_a_partner(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    first = create(call, shop, customer_with(cpf=CPF))
    assert first.status == 201
    again = create(call, shop, customer_with(cpf="529.982.247-25", name="Outro Nome"))
    assert (again.status, again.json["code"]) == (409, "customer_exists")
    assert "número 1" in again.json["error"]["message"]
    assert create(call, open_shop(), customer_with(cpf=CPF)).status == 201
    company = {"customer": {"cnpj": CNPJ, "name": "Empresa Exemplo", "address": {"state_id": 35}}}
    made = create(call, shop, company).json["customer"]
    assert (made["cpf"], made["cnpj"]) == (None, "11.222.333/0001-81")


def test_the_same_attempt_makes_one_customer(call: Call, shop: Shop) -> None:
    first = call("customers", "create_customer", shop=shop)
    assert call("customers", "create_customer", shop=shop).json == first.json
    other = call("customers", "create_customer", shop=shop, body=customer_with(cpf=OTHER_CPF))
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")


def test_of_two_at_once_one_is_registered(call: Call, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked and found nobody; the second writes after the first has."""
    look = CustomerStore.look_before
    raced: list[bool] = []

    def lose(store: CustomerStore, *given: Any) -> Any:
        found = look(store, *given)
        if not raced:
            raced.append(True)
            assert create(call, shop, customer_with(cpf=CPF, name="Primeira")).status == 201
        return found

    monkeypatch.setattr(CustomerStore, "look_before", lose)
    second = create(call, shop, customer_with(cpf=CPF, name="Segunda"))
    assert (second.status, second.json["code"]) == (409, "customer_exists")
    listed = call("customers", "list_customers", shop=shop, query=None).json["customers"]
    assert [each["name"] for each in listed] == ["Primeira"]


@pytest.mark.parametrize(
    ("sent", "rules"),
    [
        ({"cpf": CPF, "born_at": None, "mother": ""}, {"customer.born_at": "required", "customer.mother": "required"}),
        ({}, {"customer.cpf": "required"}),
        ({"cpf": CPF, "cnpj": CNPJ}, {"customer.cpf": "required"}),
        ({"cpf": CPF, "born_at": "05/17/1990"}, {"customer.born_at": "date"}),
        ({"cpf": CPF, "born_at": "17/05/3990"}, {"customer.born_at": "date_range"}),
        ({"cpf": CPF, "genre_id": 3}, {"customer.genre_id": "unknown_choice"}),
        ({"cpf": CPF, "phones": [{"code": 20, "number": 900000000}]}, {"customer.phones.0": "phone_number"}),
        (
            {"cpf": CPF, "job_reference": {"income_cents": "1.234,56"}},
            {"customer.job_reference.income_cents": "int_type"},
        ),
    ],
)
def test_what_is_wrong_is_named(call: Call, shop: Shop, sent: dict[str, Any], rules: dict[str, str]) -> None:
    answer = create(call, shop, customer_with(**sent))
    assert (answer.status, answer.rules()) == (422, rules)


def test_banks_name_every_field_they_lack_at_once(call: Call, shop: Shop) -> None:
    asked = {"bank_codes": ["623", "033"]}
    answer = create(call, shop, {**customer_with(cpf=CPF), "bank_validations": asked})
    assert answer.status == 422
    assert answer.rules() == dict.fromkeys(
        (
            *("customer.has_cnh", "customer.phones", "customer.emails", "customer.genre_id"),
            *("customer.job_reference.income_cents", "customer.job_reference.professional_ocupation_id"),
            *("customer.job_reference.name", "customer.address.zip_code", "customer.address.street"),
            *("customer.address.number", "customer.address.state_id"),
        ),
        "required_by_banks",
    )
    told = {each["field"]: each["message"] for each in answer.json["errors"]}
    assert told["customer.genre_id"].endswith("033.")
    unknown = create(call, shop, {**customer_with(cpf=CPF), "bank_validations": {"bank_codes": ["341", "999"]}})
    assert unknown.rules() == {"bank_validations.bank_codes.1": "unknown_bank"}
    foreign = create(call, shop, {**customer_with(cpf=CPF), "bank_validations": {"store_id": 99}})
    assert foreign.status == 403
    create(call, shop, customer_with(cpf=CPF))
    body = {"customer": {"nickname": "Ana"}, "bank_validations": {"bank_codes": ["341"]}}
    lacking = call("customers", "update_customer", shop=shop, path=ONE, body=body)
    wanted = next(each for each in call("access", "list_banks", shop=shop).json["banks"] if each["code"] == "341")
    assert set(lacking.rules()) == {
        f"customer.{name}" for name in wanted["required_fields"] if name not in ("born_at", "mother")
    }


def test_a_change_touches_what_was_sent_alone(call: Call, shop: Shop) -> None:
    before = call("customers", "create_customer", shop=shop).json["customer"]
    phones = [{"code": 84, "number": 900000000, "phone_type_id": 1}, {"code": 11, "number": 30000000}]
    after = update(
        call, shop, nickname="Aninha", rg=None, address={"number": 7, "street": "", "state_id": 35}, phones=phones
    ).json
    customer = after["customer"]
    assert (customer["nickname"], customer["rg"], customer["mother"]) == ("Aninha", None, "Maria Exemplo")
    assert (customer["address"]["number"], customer["address"]["street"]) == ("7", None)
    assert (customer["address"]["id"], customer["address"]["state_id"]) == (before["address"]["id"], 35)
    assert (customer["address"]["city"], customer["address"]["zip_code"]) == (None, None)
    assert customer["phones"][0] == before["phones"][0]
    assert customer["phones"][1]["id"] not in {before["phones"][0]["id"], customer["address"]["id"]}
    same = update(call, shop, nickname="Aninha")
    assert same.json["customer"] == customer


def test_the_document_never_changes(call: Call, shop: Shop) -> None:
    create(call, shop, customer_with(cpf=CPF))
    assert update(call, shop, cpf="529.982.247-25", name="Ana Maria").status == 200
    assert update(call, shop, cpf=OTHER_CPF).rules() == {"customer.cpf": "mismatch"}
    assert update(call, shop, cpf=None).rules() == {"customer.cpf": "mismatch"}
    assert update(call, shop, cnpj=CNPJ).rules() == {"customer.cnpj": "mismatch"}
    assert update(call, shop, name="").rules() == {"customer.name": "required"}
    job = {"previous_work_start_at": "01/02/2015"}
    assert update(call, shop, job_reference=job).status == 200
    ends = {"previous_work_end_at": "01/02/2014"}
    rules = update(call, shop, job_reference=ends).rules()
    assert rules == {"customer.job_reference.previous_work_end_at": "before_start"}


def test_what_was_answered_may_be_sent_back(call: Call, shop: Shop) -> None:
    before = call("customers", "create_customer", shop=shop).json["customer"]
    again = call("customers", "update_customer", shop=shop, body={"customer": before})
    assert again.status == 200, again.text
    assert again.json["customer"] == before


def test_a_customer_is_found_by_document(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    create(call, shop, customer_with(cpf=cpf_of(1), name="Ana"))
    for query in ({"cpf_cnpj": cpf_of(1)}, {"cpf": cpf_of(1)}, {"cpf_cnpj": Cpf(cpf_of(1)).formatted}):
        found = call("customers", "find_customer", shop=shop, query=query)
        assert (found.status, found.json["customer"]["name"]) == (200, "Ana")
    zeros = create(call, shop, customer_with(cpf="01234567890", name="Zero")).json["customer"]
    number = call("customers", "find_customer", shop=shop, query={"cpf": "1234567890"})
    assert number.json["customer"] == zeros
    for query in ({"cpf": OTHER_CPF}, {"cnpj": CNPJ}):
        lost = call("customers", "find_customer", shop=shop, query=query)
        assert (lost.status, lost.json["code"]) == (404, "customer_not_found")
    assert call("customers", "find_customer", shop=open_shop(), query={"cpf": cpf_of(1)}).status == 404
    assert call("customers", "find_customer", shop=shop, query=None).rules() == {"cpf_cnpj": "required"}
    both = call("customers", "find_customer", shop=shop, query={"cpf": CPF, "cnpj": CNPJ})
    assert both.rules() == {"cpf_cnpj": "required"}


def test_customers_are_listed_in_every_order(call: Call, shop: Shop, register: Register) -> None:
    for name in ("Ana B", "bruno", "Ângela", "Ana"):
        register(name=name)

    def names(**query: str) -> list[str]:
        answer = call("customers", "list_customers", shop=shop, query=query)
        assert answer.status == 200, answer.text
        return [each["name"] for each in answer.json["customers"]]

    by_name = ["Ana", "Ana B", "Ângela", "bruno"]
    assert names(sort="name_asc") == by_name
    assert names(sort="name_desc") == by_name[::-1]
    assert sorted(names(), key=by_name.index) == by_name
    assert names(sort="created_at_asc") == names(sort="created_at_desc")[::-1] == names()[::-1]
    assert names(name="ân") == names(name="an", sort="name_asc") == by_name[:3]
    assert names(name="an", sort="name_desc") == by_name[2::-1]
    assert names(name="ana", sort="created_at_asc") == ["Ana B", "Ana"]
    assert names(page="2", per_page="3", sort="name_asc") == ["bruno"]
    assert names(cpf_cnpj=cpf_of(2)) == ["bruno"]
    assert names(cpf_cnpj=cpf_of(2), name="ana") == names(cpf_cnpj=OTHER_CPF) == []
    far = call("customers", "list_customers", shop=shop, query={"page": "101", "per_page": "100"})
    assert far.rules() == {"page": "too_far"}


def test_pages_follow_by_cursor(call: Call, shop: Shop, register: Register) -> None:
    for name in ("Ægir", "Bento", "Caio"):
        register(name=name)
    for sort in ("name_asc", "name_desc", "created_at_asc", "created_at_desc"):
        whole = call("customers", "list_customers", shop=shop, query={"sort": sort}).json["customers"]
        found, query = [], {"sort": sort, "per_page": "1"}
        while True:
            page = call("customers", "list_customers", shop=shop, query=query).json
            found += page["customers"]
            if page["next_cursor"] is None:
                break
            query = {**query, "cursor": page["next_cursor"]}
        assert found == whole
    wrong = call("customers", "list_customers", shop=shop, query={"cursor": "YQ", "sort": "name_asc"})
    assert wrong.rules() == {"cursor": "cursor"}


def test_a_page_is_one_query(call: Call, shop: Shop, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        register()
    asked = []
    query = Table.query

    def count(*given: Any, **how: Any) -> Any:
        asked.append(how)
        return query(*given, **how)

    monkeypatch.setattr(Table, "query", count)
    listed = call("customers", "list_customers", shop=shop, query={"sort": "name_asc", "per_page": "2"})
    assert len(listed.json["customers"]) == 2
    assert len(asked) == 1


def test_a_renamed_customer_stands_once_in_the_list(call: Call, shop: Shop, register: Register) -> None:
    register(name="Ana")
    assert update(call, shop, name="Zilda").status == 200
    listed = call("customers", "list_customers", shop=shop, query={"sort": "name_asc"}).json["customers"]
    assert [each["name"] for each in listed] == ["Zilda"]


def test_another_partners_customer_is_not_found(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    create(call, shop, customer_with(cpf=CPF))
    other = open_shop()
    for operation in ("get_customer", "update_customer"):
        assert call("customers", operation, shop=other).status == 404
    assert call("customers", "list_customers", shop=other, query=None).json["customers"] == []
    assert create(call, shop, customer_with(cpf=OTHER_CPF), store_id=other.store_ids[0]).status == 403


def test_domains_are_closed_lists_with_stable_ids(call: Call, shop: Shop) -> None:
    answer = call("customers", "list_customer_domains", shop=shop)
    assert set(answer.json["domains"]) == {"genders", "states"}
    assert answer.json["domains"]["genders"][0] == {"id": 1, "name": "Feminino", "identifier": "F"}
    every = call("customers", "list_customer_domains", shop=shop, query=None).json["domains"]
    assert set(every) == set(DOMAINS)
    assert len(every["states"]) == 27
    for name, choices in every.items():
        assert len({each["id"] for each in choices}) == len(choices), name


def test_texts_beyond_ascii_are_kept_as_sent(call: Call, shop: Shop) -> None:
    event = sample_event("customers", "create_customer")
    assert "São Paulo" in event["body"]
    made = create(call, shop, customer_with(cpf=CPF, name="Åsa Ñandú O'Brien", mother="Zoë"))
    assert (made.json["customer"]["name"], made.json["customer"]["mother"]) == ("Åsa Ñandú O'Brien", "Zoë")
    lock = Table().get(customer_keys.customer_document(shop.partner_id, CPF))
    assert lock is not None
    assert lock["id"] == made.json["customer"]["id"]


PAST = {"office": "Prefeito", "since": "01/01/2009", "until": "31/12/2012"}
PRESENT = {"office": "Prefeito", "since": "01/01/2017", "relation": "relative"}


def test_who_is_politically_exposed_is_told_of_customer_and_associates(call: Call, shop: Shop) -> None:
    associates = [
        {"name": "Eva Exemplo", "cpf": OTHER_CPF, "pep": PRESENT},
        {"name": "Ivo Exemplo", "public_person": False, "pep": PAST},
    ]
    made = create(call, shop, customer_with(cpf=CPF, pep=PAST, associates=associates)).json["customer"]
    assert (made["politically_exposed"], made["pep"]["exposed_until"]) == (False, "2017-12-31")
    told = [(each["object_type"], each["politically_exposed"], each["cpf"]) for each in made["associates"]]
    assert told == [("Associate", True, "111.444.777-35"), ("Associate", False, None)]
    assert made["associates"][0]["pep"]["exposed_until"] is None
    still = update(call, shop, pep={"until": None}).json["customer"]
    assert (still["politically_exposed"], still["pep"]["office"]) == (True, "Prefeito")
    assert update(call, shop, public_person=False).rules() == {"customer.public_person": "mismatch"}
    assert update(call, shop, pep={"until": "01/01/2008"}).rules() == {"customer.pep.until": "before_start"}
    gone = update(call, shop, pep=None, public_person=True, associates=[]).json["customer"]
    assert (gone["politically_exposed"], gone["pep"], gone["associates"]) == (True, None, [])
    assert update(call, shop, pep={"until": "01/01/2008"}).rules() == {
        "customer.pep.office": "required",
        "customer.pep.since": "required",
    }
