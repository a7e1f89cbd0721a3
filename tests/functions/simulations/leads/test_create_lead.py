"""Keeping a lead: every field, every rule that it may break, and its spellings."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.keys import simulations as keys
from lastro.aws.dynamodb.table import Table
from lastro.simulations.leads.domains import OCCUPATIONS
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import CNPJ, CPF, LETTERED_CNPJ, OTHER_CPF, Answer, Shop, sample_event

SAMPLE: dict[str, Any] = json.loads(sample_event("simulations", "create_lead")["body"])["lead"]


def create(call: Call, shop: Shop, lead: Any, key: str | None = None) -> Answer:
    return call("simulations", "create_lead", shop=shop, body={"lead": lead}, headers={"Idempotency-Key": key})


def test_the_sample_is_answered_as_partners_read_a_lead(call: Call, shop: Shop) -> None:
    answer = call("simulations", "create_lead", shop=shop)
    assert answer.status == 201
    lead = answer.json["data"]
    moments = (lead.pop("created_at"), lead.pop("updated_at"))
    assert moments[0] == moments[1]
    assert moments[0].endswith("Z")
    assert lead == {
        "id": 1,
        "cpf_cnpj": "529.982.247-25",
        "name": "Ana Exemplo",
        "birthdate": "1990-05-17",
        "email": "ana@example.com",
        "phone_number": "+5584900000000",
        "monthly_income": 650000,
        "has_cnh": True,
        "gender": {"id": 1, "type": "gender", "credere_identifier": "F", "label": "Feminino"},
        "occupation": {
            "id": OCCUPATIONS["11"].id,
            "type": "occupation",
            "credere_identifier": "11",
            "label": OCCUPATIONS["11"].label,
        },
        "profession": {
            "id": 1001,
            "type": "profession",
            "credere_identifier": "administrador",
            "label": "Administrador",
        },
        "mother_name": "Maria Exemplo",
        "address": {
            "zip_code": "01001000",
            "street": "Praça da Sé",
            "number": "1",
            "complement": None,
            "district": "Sé",
            "city": "São Paulo",
            "state": "SP",
        },
        "payload": {},
    }


def test_the_item_holds_the_wire_names_for_the_simulation_to_copy(call: Call, shop: Shop, table: Table) -> None:
    call("simulations", "create_lead", shop=shop)
    item = table.get(keys.lead(shop.store_ids[0], CPF))
    assert item is not None
    assert {
        name: item[name] for name in ("cpf_cnpj", "birthdate", "monthly_income", "gender", "occupation", "version")
    } == {
        "cpf_cnpj": CPF,
        "birthdate": "1990-05-17",
        "monthly_income": 650000,
        "gender": "F",
        "occupation": "11",
        "version": 1,
    }


@pytest.mark.parametrize(
    ("sent", "formatted"),
    [
        (OTHER_CPF, "111.444.777-35"),
        ("111.444.777-35", "111.444.777-35"),
        (CNPJ, "11.222.333/0001-81"),
        ("11.222.333/0001-81", "11.222.333/0001-81"),
        (LETTERED_CNPJ, "12.ABC.345/01DE-35"),
        ("12.abc.345/01de-35", "12.ABC.345/01DE-35"),
        (11222333000181, "11.222.333/0001-81"),
        (52998224725, "529.982.247-25"),
    ],
)
def test_a_document_alone_is_enough(call: Call, shop: Shop, sent: Any, formatted: str) -> None:
    answer = create(call, shop, {"cpf_cnpj": sent, "unknown": {"field": 1}})
    assert answer.status == 201
    assert answer.json["data"]["cpf_cnpj"] == formatted
    assert answer.json["data"]["name"] is None
    assert answer.json["data"]["address"] is None


@pytest.mark.parametrize(
    ("phone", "stored"),
    [
        ("(84) 90000-0000", "+5584900000000"),
        ("84900000000", "+5584900000000"),
        ("+55 84 90000-0000", "+5584900000000"),
        ("(084) 90000-0000", "+5584900000000"),
        ("0055 84 90000-0000", "+5584900000000"),
        ("0 41 84 90000-0000", "+5584900000000"),
        ("5584900000000", "+5584900000000"),
        ("(11) 3000-0000", "+551130000000"),
        ("011 3000-0000", "+551130000000"),
        ("55 90000-0000", "+5555900000000"),
        ("+55 55 90000-0000", "+5555900000000"),
    ],
)
def test_a_phone_in_any_usual_form(call: Call, shop: Shop, phone: str, stored: str) -> None:
    assert create(call, shop, {"cpf_cnpj": CPF, "phone_number": phone}).json["data"]["phone_number"] == stored


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("cpf_cnpj", "52998224726", "cpf_cnpj"),
        ("cpf_cnpj", "11111111111", "cpf_cnpj"),
        ("cpf_cnpj", "11.222.333/0001-82", "cpf_cnpj"),
        ("cpf_cnpj", 191, "cpf_or_cnpj"),
        ("cpf_cnpj", None, "string_type"),
        ("cpf_cnpj", "5" * 100, "cpf_cnpj"),
        ("name", "x" * 151, "string_too_long"),
        ("name", "Ana\x00Exemplo", "control_character"),
        ("name", "Ana\u202eExemplo", "control_character"),
        ("name", "Ana\u200bExemplo", "control_character"),
        ("name", "123", "person_name"),
        ("name", 5, "string_type"),
        ("birthdate", "17/05/1990", "date"),
        ("birthdate", "1990-02-30", "date"),
        ("birthdate", 642902400, "date"),
        ("birthdate", "1990-05-17T10:00:00", "day_without_zone"),
        ("birthdate", "1990-05-17T::::", "date"),
        ("birthdate", "2099-01-01", "date_in_future"),
        ("birthdate", "2999-01-01", "date_range"),
        ("birthdate", "1899-12-31", "date_range"),
        ("email", "ana", "email"),
        ("email", "a@b@example.com", "email"),
        ("email", "ana @example.com", "email"),
        ("email", "ana..b@example.com", "email"),
        ("phone_number", "123", "phone_number"),
        ("phone_number", "(00) 90000-0000", "phone_number"),
        ("phone_number", "(23) 90000-0000", "phone_number"),
        ("phone_number", "84 9000٠-0000", "phone_number"),
        ("phone_number", "+1 212 555 0100", "phone_number"),
        ("phone_number", "84 90000-0000 ramal 2", "phone_number"),
        ("monthly_income", -1, "greater_than_equal"),
        ("monthly_income", 10**12 + 1, "less_than_equal"),
        ("monthly_income", 10**30, "less_than_equal"),
        ("monthly_income", 6500.5, "int_type"),
        ("monthly_income", 6500.0, "int_type"),
        ("monthly_income", "650000", "int_type"),
        ("monthly_income", True, "int_type"),
        ("has_cnh", "true", "bool_type"),
        ("has_cnh", 1, "bool_type"),
        ("retrieve_gender", "X", "unknown_identifier"),
        ("retrieve_occupation", "999", "unknown_identifier"),
        ("retrieve_profession", "astronauta", "unknown_identifier"),
        ("mother_name", ["x"], "string_type"),
        ("address", "Rua A", "model_type"),
    ],
)
def test_one_wrong_field_is_named_with_its_rule(call: Call, shop: Shop, field: str, value: Any, rule: str) -> None:
    answer = create(call, shop, {**SAMPLE, field: value})
    assert answer.status == 422
    assert answer.rules() == {f"lead.{field}": rule}


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("zip_code", "0100-000", "zip_code"),
        ("state", "XX", "state"),
        ("city", "x" * 121, "string_too_long"),
        ("number", True, "string_type"),
    ],
)
def test_one_wrong_part_of_the_address(call: Call, shop: Shop, field: str, value: Any, rule: str) -> None:
    answer = create(call, shop, {**SAMPLE, "address": {**SAMPLE["address"], field: value}})
    assert (answer.status, answer.rules()) == (422, {f"lead.address.{field}": rule})


@pytest.mark.parametrize(("sent", "stored"), [(12, "12"), (" 12B ", "12B"), ("", None), (None, None)])
def test_a_house_number_of_any_kind(call: Call, shop: Shop, sent: Any, stored: str | None) -> None:
    answer = create(call, shop, {"cpf_cnpj": CPF, "address": {"number": sent, "city": "São Paulo"}})
    assert answer.json["data"]["address"]["number"] == stored


def test_what_is_kept_has_one_form(call: Call, shop: Shop) -> None:
    sent = {
        "cpf_cnpj": CPF,
        "name": f"  {unicodedata.normalize('NFD', 'João')}  da Conceição ",
        "birthdate": "1990-05-17T02:00:00Z",
        "email": "Ana@EXAMPLE.com",
        "address": {"state": "sp", "zip_code": 1001000},
    }
    data = create(call, shop, sent).json["data"]
    assert data["name"] == "João da Conceição"
    assert (data["birthdate"], data["email"]) == ("1990-05-16", "Ana@example.com")
    assert (data["address"]["state"], data["address"]["zip_code"]) == ("SP", "01001000")


def test_an_optional_field_may_be_empty(call: Call, shop: Shop) -> None:
    names = [name for name in SAMPLE if name not in ("cpf_cnpj", "address")]
    sent = {"cpf_cnpj": CPF, **dict.fromkeys(names, ""), "address": dict.fromkeys(SAMPLE["address"], "")}
    answer = create(call, shop, sent)
    assert answer.status == 201
    assert all(answer.json["data"][name.removeprefix("retrieve_")] is None for name in names)
    assert set(answer.json["data"]["address"].values()) == {None}


def test_every_wrong_field_is_named_at_once(call: Call, shop: Shop) -> None:
    wrong = {
        "cpf_cnpj": "1",
        "birthdate": "amanhã",
        "monthly_income": -5,
        "retrieve_gender": "Z",
        "address": {"state": "ZZ", "zip_code": "1"},
    }
    answer = create(call, shop, wrong)
    assert answer.status == 422
    assert set(answer.rules()) == {
        "lead.cpf_cnpj",
        "lead.birthdate",
        "lead.monthly_income",
        "lead.retrieve_gender",
        "lead.address.state",
        "lead.address.zip_code",
    }
    assert answer.json["error"]["status"] == answer.json["status"] == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("", 400),
        (None, 400),
        ("[]", 400),
        ('"lead"', 400),
        ('{"lead": NaN}', 400),
        ("{}", 422),
        ('{"lead": null}', 422),
        ('{"lead": []}', 422),
        ('{"lead": {"cpf_cnpj": "' + "1" * (256 * 1024) + '"}}', 413),
    ],
)
def test_a_body_that_cannot_be_a_lead(call: Call, shop: Shop, body: str | None, status: int) -> None:
    answer = call("simulations", "create_lead", shop=shop, body=body)
    assert (answer.status, answer.json["error"]["status"]) == (status, status)


def test_a_lead_that_exists_is_a_conflict_and_stays_as_it_was(call: Call, shop: Shop) -> None:
    first = create(call, shop, SAMPLE)
    again = create(call, shop, {**SAMPLE, "name": "Outra Pessoa"})
    assert (again.status, again.json["type"]) == (409, "urn:lastro:error:lead_exists")
    assert call("simulations", "get_lead", shop=shop).json == first.json


def test_the_same_document_in_another_store_is_another_lead(call: Call, open_shop: OpenShop) -> None:
    leads = [create(call, shop, SAMPLE) for shop in (open_shop(), open_shop())]
    assert [lead.status for lead in leads] == [201, 201]
    assert leads[0].json["data"]["id"] != leads[1].json["data"]["id"]


# Idempotency-Key ------------------------------------------------------------------------------------------------


def test_the_same_attempt_gives_the_first_answer_again(call: Call, shop: Shop) -> None:
    first = create(call, shop, SAMPLE, "attempt-1")
    call("simulations", "update_lead", shop=shop)
    again = create(call, shop, {**SAMPLE, "cpf_cnpj": CPF}, "attempt-1")
    assert (first.status, again.status) == (201, 201)
    assert again.text == first.text


def test_the_same_key_with_another_body_is_a_conflict(call: Call, shop: Shop) -> None:
    create(call, shop, SAMPLE, "attempt-1")
    again = create(call, shop, {**SAMPLE, "cpf_cnpj": OTHER_CPF}, "attempt-1")
    assert (again.status, again.json["type"]) == (409, "urn:lastro:error:idempotency_key_reused")
    assert call("simulations", "get_lead", shop=shop, path={"cpf_cnpj": OTHER_CPF}).status == 404


def test_another_key_for_a_lead_that_exists_is_a_conflict(call: Call, shop: Shop) -> None:
    create(call, shop, SAMPLE, "attempt-1")
    assert create(call, shop, SAMPLE, "attempt-2").json["type"] == "urn:lastro:error:lead_exists"


def test_keys_of_two_stores_never_meet(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(stores=2)
    for store_id in shop.store_ids:
        answer = call("simulations", "create_lead", shop=shop, store_id=store_id)
        assert answer.status == 201


def test_a_refused_attempt_is_not_remembered(call: Call, shop: Shop) -> None:
    assert create(call, shop, {**SAMPLE, "monthly_income": -1}, "attempt-1").status == 422
    assert create(call, shop, SAMPLE, "attempt-1").status == 201


@pytest.mark.parametrize("key", ["", " ", "k" * 256])
def test_a_key_of_the_wrong_length_is_named(call: Call, shop: Shop, key: str) -> None:
    answer = create(call, shop, SAMPLE, key)
    assert (answer.status, answer.rules()) == (422, {"Idempotency-Key": "length"})


def test_two_requests_of_one_attempt_at_once_make_one_lead(call: Call, shop: Shop) -> None:
    """The other request commits between this one's look and its own transaction."""
    answers: list[Answer] = []
    client = open_client("dynamodb")

    def commit_first(**_: Any) -> None:
        client.meta.events.unregister("before-call.dynamodb.TransactWriteItems", commit_first)
        answers.append(create(call, shop, SAMPLE, "attempt-1"))

    client.meta.events.register("before-call.dynamodb.TransactWriteItems", commit_first)
    late = create(call, shop, SAMPLE, "attempt-1")
    assert [answer.status for answer in (*answers, late)] == [201, 201]
    assert late.text == answers[0].text
    assert len(call("simulations", "list_leads", shop=shop).json["data"]) == 1


def test_two_requests_without_a_key_at_once_make_one_lead(call: Call, shop: Shop) -> None:
    answers: list[Answer] = []
    client = open_client("dynamodb")

    def commit_first(**_: Any) -> None:
        client.meta.events.unregister("before-call.dynamodb.TransactWriteItems", commit_first)
        answers.append(create(call, shop, SAMPLE))

    client.meta.events.register("before-call.dynamodb.TransactWriteItems", commit_first)
    assert create(call, shop, SAMPLE).status == 409
    assert answers[0].status == 201


# whose store ----------------------------------------------------------------------------------------------------


def test_a_partner_with_several_stores_must_choose(call: Call, open_shop: OpenShop) -> None:
    shop = open_shop(stores=2)
    answer = call("simulations", "create_lead", shop=shop, store_id=None)
    assert (answer.status, answer.rules()) == (422, {"Store-Id": "required"})


def test_a_partner_with_one_store_need_not(call: Call, shop: Shop) -> None:
    assert call("simulations", "create_lead", shop=shop, store_id=None).status == 201


def test_a_foreign_store_is_refused(call: Call, open_shop: OpenShop) -> None:
    shop, other = open_shop(), open_shop()
    assert call("simulations", "create_lead", shop=shop, store_id=other.store_ids[0]).status == 403
