"""What a PATCH of a customer answers can always be read again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastro.aws.dynamodb.keys.customers import customer
from lastro.aws.dynamodb.table import Table, Update
from lastro.customers.people import keeping
from tests.functions.conftest import Call
from tests.functions.customers.conftest import Register
from tests.functions.invocation import Answer, Shop

NO_OFFICE = {"customer.pep.office": "required", "customer.pep.since": "required"}
PHONE = {"code": 84, "number": 900000000, "phone_type_id": 1, "phone_confirmation_id": 1}
BARE_PHONE = {"code": 11, "number": 30000000}


def change(call: Call, shop: Shop, customer: int, **changes: Any) -> Answer:
    path = {"customer_id": str(customer)}
    return call("customers", "update_customer", shop=shop, path=path, body={"customer": changes})


def read(call: Call, shop: Shop, customer: int) -> Answer:
    return call("customers", "get_customer", shop=shop, path={"customer_id": str(customer)})


@pytest.mark.parametrize("pep", [{}, {"until": ""}, {"relation": None}, {"until": None, "relation": ""}])
def test_an_exposure_without_an_office_is_refused(
    call: Call, shop: Shop, register: Register, pep: dict[str, Any]
) -> None:
    known = register()
    answer = change(call, shop, known["id"], pep=pep)
    assert (answer.status, answer.rules()) == (422, NO_OFFICE)
    assert read(call, shop, known["id"]).json["customer"] == known
    assert call("customers", "list_customers", shop=shop, query=None).json["customers"] == [known]


@pytest.mark.parametrize("pep", [{}, {"until": "2020-12-31"}, {"office": "Prefeito"}, {"since": "2017-01-01"}])
def test_an_exposure_that_was_kept_without_an_office_or_a_day_counts_for_nothing(
    call: Call, shop: Shop, register: Register, table: Table, pep: dict[str, Any]
) -> None:
    known = register(associates=[{"name": "Eva Exemplo"}])
    key = customer(shop.partner_id, known["id"])
    data = (table.get(key) or {})["data"]
    data = {**data, "pep": pep, "associates": [{**data["associates"][0], "pep": pep}]}
    table.commit([Update(key, {"data": data}, where={"version": 1})])
    assert read(call, shop, known["id"]).json["customer"] == known
    assert call("customers", "list_customers", shop=shop, query=None).json["customers"] == [known]
    assert change(call, shop, known["id"], name="Ana Nova").json["customer"]["name"] == "Ana Nova"


def test_an_empty_change_of_an_exposure_changes_nothing(call: Call, shop: Shop, register: Register) -> None:
    known = register(pep={"office": "Prefeito", "since": "01/01/2017"})
    assert change(call, shop, known["id"], pep={}).json["customer"] == known
    assert change(call, shop, known["id"], pep={"until": ""}).json["customer"] == known


def test_an_object_of_which_nothing_is_left_goes(call: Call, shop: Shop, register: Register) -> None:
    known = register(job_reference={}, accountant={"city": ""})
    assert (known["job_reference"], known["accountant"]) == (None, None)
    assert change(call, shop, known["id"], job_reference={"name": "", "address": {}}).json["customer"] == known
    job = {"name": "Empresa Exemplo", "address": {"city": "Natal"}}
    assert change(call, shop, known["id"], job_reference=job, accountant={"phone": PHONE}).status == 200
    gone = change(call, shop, known["id"], job_reference={"name": None, "address": {}}, accountant={"phone": ""})
    assert (gone.json["customer"]["job_reference"], gone.json["customer"]["accountant"]) == (None, None)
    assert read(call, shop, known["id"]).json["customer"] == gone.json["customer"]


def test_phones_and_addresses_are_put_whole(call: Call, shop: Shop, register: Register) -> None:
    address = {"street": "Praça da Sé", "zip_code": "01001-000", "rent_value_cents": 150000}
    job = {"name": "Empresa Exemplo", "phone": PHONE, "previous_job_phone": PHONE, "address": address}
    known = register(address=address, job_reference=job, accountant={"city": "Natal", "phone": PHONE})
    other = {"street": "Rua Um"}
    changed = {"phone": BARE_PHONE, "previous_job_phone": BARE_PHONE, "address": other}
    after = change(
        call, shop, known["id"], address=other, job_reference=changed, accountant={"phone": BARE_PHONE}
    ).json["customer"]
    job = after["job_reference"]
    for phone in (job["phone"], job["previous_job_phone"], after["accountant"]["phone"]):
        assert (phone["code"], phone["phone_type_id"], phone["phone_confirmation_id"]) == (11, None, None)
    for place in (after["address"], job["address"]):
        assert (place["street"], place["zip_code"], place["rent_value_cents"]) == ("Rua Um", None, None)
    assert (job["name"], after["accountant"]["city"]) == ("Empresa Exemplo", "Natal")
    assert (job["phone"]["id"], after["address"]["id"]) == (
        known["job_reference"]["phone"]["id"],
        known["address"]["id"],
    )


def test_what_cannot_be_answered_is_not_kept(
    call: Call, shop: Shop, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = register()

    def fail(*_: Any) -> Any:
        raise RuntimeError("no answer")

    with monkeypatch.context() as broken:
        broken.setattr(keeping, "view_customer", fail)
        assert change(call, shop, known["id"], nickname="Aninha").status == 500
    assert read(call, shop, known["id"]).json["customer"] == known


EMPTY = st.sampled_from([None, ""])
DAYS = EMPTY | st.sampled_from(["01/01/2009", "31/12/2012"])
TEXTS = EMPTY | st.just("Exemplo")
PHONES = EMPTY | st.sampled_from([PHONE, BARE_PHONE, {}])
ADDRESSES = EMPTY | st.fixed_dictionaries({}, optional={"street": TEXTS, "city": TEXTS, "rent_value_cents": st.just(1)})
PEPS = st.sampled_from([None, {}, {"until": ""}, {"relation": None}]) | st.fixed_dictionaries(
    {}, optional={"office": TEXTS, "since": DAYS, "until": DAYS, "relation": EMPTY | st.just("relative")}
)
JOBS = EMPTY | st.fixed_dictionaries(
    {}, optional={"name": TEXTS, "cnpj": EMPTY, "address": ADDRESSES, "phone": PHONES, "previous_work_end_at": DAYS}
)
ACCOUNTANTS = EMPTY | st.fixed_dictionaries({}, optional={"name": TEXTS, "city": TEXTS, "phone": PHONES})
REFERENCES = st.fixed_dictionaries({"name": st.just("Bia Exemplo")}, optional={"city": TEXTS, "phone": PHONES})
ASSOCIATES = st.fixed_dictionaries({"name": st.just("Eva Exemplo")}, optional={"cpf": EMPTY, "pep": PEPS})
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "pep": PEPS,
    "job_reference": JOBS,
    "accountant": ACCOUNTANTS,
    "address": ADDRESSES,
    "addresses": st.lists(ADDRESSES, max_size=2),
    "phones": st.lists(PHONES, max_size=2),
    "personal_references": st.lists(REFERENCES, max_size=2),
    "associates": st.lists(ASSOCIATES, max_size=2),
    "bank_references": st.lists(st.fixed_dictionaries({"bank_id": st.just(1)}, optional={"open_at": DAYS}), max_size=2),
    "spouse_cpf": EMPTY | st.just("111.444.777-35"),
}
CHANGES = st.sampled_from(["pep", "job_reference", *sorted(FIELDS)]).flatmap(
    lambda name: st.fixed_dictionaries({name: FIELDS[name]})
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, min_size=1, max_size=5))
def test_what_was_changed_can_be_read(call: Call, shop: Shop, register: Register, sent: list[dict[str, Any]]) -> None:
    known = register()
    for changes in sent:
        answer = change(call, shop, known["id"], **changes)
        assert answer.status in (200, 422), (changes, answer.text)
        if answer.status == 200:
            known = answer.json["customer"]
        found = read(call, shop, known["id"])
        assert (found.status, found.json["customer"]) == (200, known), changes
