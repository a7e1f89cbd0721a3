"""The fields of a proposal: which drift is tolerated, and which fault is named."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic.alias_generators import to_snake

from lastro.origination.products.words import ProductType
from tests.functions.invocation import OTHER_CPF
from tests.functions.origination.journey import Journey, sample_body


def with_field(path: str, value: Any) -> dict[str, Any]:
    """The sample body with one field set, by its dotted path."""
    body = sample_body("create_proposal")
    *outer, last = path.split(".")
    target: Any = body
    for name in outer:
        target = target[int(name) if name.isdigit() else name]
    target[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "sent", "kept"),
    [
        ("address.number", "100", 100),
        ("business.income", "5000.50", 5000_50),
        ("business.income", "", None),
        ("business.payday", "30", 30),
        ("bank.type", "CONTA_POUPANCA_INDIVIDUAL ", "CONTA_POUPANCA_INDIVIDUAL"),
        ("bank.bank", "B450", "450"),
        ("bank.bank", 1, "001"),
        ("identity.type", "CARTEIRA_CRE ", "CARTEIRA_CRE"),
        ("gender", " FEMININO ", "FEMININO"),
        ("relationship_status", "SEPARADA_JUDICIALMENTE", "SEPARADA_JUDICIALMENTE"),
        ("address.zip_code", "74180-040", "74180040"),
        ("reference", [], []),
    ],
)
def test_types_may_drift(journey: Journey, path: str, sent: Any, kept: Any) -> None:
    wire = {"address.zip_code": "address.zipCode", "relationship_status": "relationshipStatus"}
    answer = journey.call("create_proposal", path={"id": journey.ready()}, body=with_field(wire.get(path, path), sent))
    assert answer.status == 201, answer.text
    person: Any = journey.credit(answer.json["proposals"][0]["customerServiceNumber"]).borrower["proposal"]
    for name in path.split("."):
        person = person.get(name)
    assert person == kept


def test_products_may_be_spelt_as_old_clients_do(journey: Journey) -> None:
    old = {
        "type": "caas ",
        "product_id": "1",
        "releasedDate": "2026-11-04T00:00:00",
        "dueDate": "2026-12-04",
        "installments": "12",
        "monthly_Tax": "2.5",
        "cadValue": "150.2",
        "value": "28500.5",
    }
    answer = journey.propose(journey.ready(), products=[old])
    assert answer.status == 201, answer.text
    [proposal] = answer.json["proposals"]
    assert (proposal["value"], proposal["cadValue"], proposal["monthlyTax"]) == (28500.5, 150.2, 0.025)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("mother", ""),
        ("gender", "F"),
        ("nationality", None),
        ("education", "DOUTORADO"),
        ("relationshipStatus", "casada"),
        ("hometownState", "GOI"),
        ("hometown", " "),
        ("phoneLandline", ""),
        ("identity.issuer", "XYZ"),
        ("identity.issuingDate", "01/01/2010"),
        ("address.number", "12A"),
        ("address.homeType", []),
        ("vehicle", None),
        ("vehicle.licensePlate", ""),
        ("consumerUnit", None),
        ("consumerUnit.number", ""),
        ("business.occupation", {}),
        ("business.income", -1),
        ("business.income", 0.001),
        ("business.payday", 31),
        ("business.payday", True),
        ("business.employmentSince", "ALWAYS"),
        ("bank.bank", "1"),
        ("bank.agency", "abc"),
        ("bank.account", "1" * 21),
        ("reference", None),
        ("reference.0.phone", "1"),
        ("products", None),
        ("products", []),
        ("products.0.type", "VINHO"),
        ("products.0.type", "LOAN"),
        ("products.0.productId", 1.5),
        ("products.0.value", None),
        ("products.0.value", 0.001),
        ("products.0.value", "R$ 10"),
        ("products.0.installments", 0),
        ("products.0.monthlyTax", " "),
        ("products.0.releaseDate", "2026-02-30"),
        ("products.0.dueDate", None),
    ],
)
def test_a_wrong_field_is_named(journey: Journey, path: str, sent: Any) -> None:
    process_id = journey.ready()
    answer = journey.call("create_proposal", path={"id": process_id}, body=with_field(path, sent))
    assert answer.status == 400
    assert list(answer.rules()) == [path]
    assert journey.status(process_id).json["status"] == "SIGNUP_COMPLETED"


@pytest.mark.parametrize(
    "path",
    [
        "mother",
        "identity.number",
        "address.address",
        "address.complement",
        "address.district",
        "address.city",
        "hometown",
        "business.profession",
        "reference.0.name",
    ],
)
def test_what_the_contract_prints_has_letters_it_can_print(journey: Journey, path: str) -> None:
    process_id = journey.ready()
    answer = journey.call("create_proposal", path={"id": process_id}, body=with_field(path, "Улица 1"))
    assert answer.status == 400
    assert answer.json["code"] == "invalid_input"
    assert answer.rules() == {path: "undrawable"}
    assert journey.process(process_id).credits == ()


LISTED = [
    ("business.employmentSince", "LESS THAN SIX MONTHS", "LESS_THAN_SIX_MONTHS"),
    ("education", "pós-graduação", "POS_GRADUACAO"),
    ("education", "POS GRADUACAO ", "POS_GRADUACAO"),
    ("bank.type", "CONTA CORRENTE INDIVIDUAL", "CONTA_CORRENTE_INDIVIDUAL"),
    ("bank.type", "CONTA_POUPANCA", "CONTA_POUPANCA_INDIVIDUAL"),
    ("bank.type", "conta-corrente", "CONTA_CORRENTE_INDIVIDUAL"),
    ("business.occupation", "APOSENTADO/PENSIONISTA", "APOSENTADO_PENSIONISTA"),
    ("business.occupation", "Funcionário Público", "FUNCIONARIO_PUBLICO"),
    ("relationshipStatus", "casado", "CASADO"),
    ("relationshipStatus", "União Estável", "UNIAO_ESTAVEL"),
    ("identity.issuer", "Polícia Militar", "POLICIA_MILITAR"),
    ("address.homeSince", "maior 2 anos", "MAIOR_2_ANOS"),
    ("gender", "Feminino", "FEMININO"),
]
BANKS = [
    ("bank.bank", {"code": "033", "desc": "BANCO SANTANDER"}, "033"),
    ("bank.bank", {"code": 33}, "033"),
    ("bank.bank", "033 BANCO SANTANDER (BRASIL) S.A.", "033"),
    ("bank.bank", "341 - Itaú", "341"),
    ("bank.bank", "B450 FITBANK", "450"),
    ("bank.bank", 1, "001"),
]


@pytest.mark.parametrize(("path", "sent", "kept"), [*LISTED, *BANKS])
def test_words_are_read_as_screens_write_them(journey: Journey, path: str, sent: Any, kept: str) -> None:
    answer = journey.call("create_proposal", path={"id": journey.ready()}, body=with_field(path, sent))
    assert answer.status == 201, answer.text
    person: Any = journey.credit(answer.json["proposals"][0]["customerServiceNumber"]).borrower["proposal"]
    for name in path.split("."):
        person = person[to_snake(name)]
    assert person == kept


@pytest.mark.parametrize(
    "sent",
    [
        {"code": "001", "desc": "033 SANTANDER"},
        "033 104",
        "033BANCO",
        "BANCO 033",
        {"desc": "BANCO"},
        {"code": None},
        {"code": {"code": "033"}},
        ["033"],
    ],
)
def test_a_bank_without_one_code_is_refused(journey: Journey, sent: Any) -> None:
    answer = journey.call("create_proposal", path={"id": journey.ready()}, body=with_field("bank.bank", sent))
    assert answer.status == 400
    assert list(answer.rules()) == ["bank.bank"]


def test_one_reference_may_come_without_its_list(journey: Journey) -> None:
    known = {"name": "Beltrano Souza", "phone": "62987651234"}
    answer = journey.call("create_proposal", path={"id": journey.ready()}, body=with_field("reference", known))
    assert answer.status == 201, answer.text
    wrong = with_field("reference", {**known, "phone": "1"})
    refused = journey.call("create_proposal", path={"id": journey.ready(cpf=OTHER_CPF)}, body=wrong)
    assert list(refused.rules()) == ["reference.phone"]


def test_without_a_product_the_only_active_one_is_meant(journey: Journey) -> None:
    unnamed = dict(sample_body("create_proposal")["products"][0])
    unnamed.pop("productId")
    journey.add_product(2, type=ProductType.LOAN)
    journey.add_product(3, active=False)
    answer = journey.propose(journey.ready(), products=[unnamed])
    assert answer.status == 201, answer.text
    assert answer.json["proposals"][0]["productId"] == 1
    journey.add_product(4)
    process_id = journey.ready(cpf=OTHER_CPF)
    refused = journey.propose(process_id, products=[{**unnamed, "productId": 4}, unnamed])
    assert (refused.status, refused.rules()) == (400, {"products.1.productId": "ambiguous_product"})
    journey.partner_id += "-other"
    nobody = journey.propose(journey.ready(), products=[unnamed])
    assert (nobody.status, nobody.json["code"]) == (404, "product_not_found")


@pytest.mark.parametrize(
    ("path", "sent", "rule"),
    [
        ("products.0.value", "100.000", "too_many_decimals"),
        ("products.0.value", "1.000,00", "thousands_mark"),
        ("products.0.value", "10000,00", "decimal_comma"),
        ("products.0.value", "1e4", "exponent"),
        ("products.0.cadValue", "1.000", "too_many_decimals"),
        ("products.0.monthlyTax", "2,5", "decimal_comma"),
        ("business.income", "5.000", "too_many_decimals"),
        ("business.income", "٥٠٠٠", "number"),
        ("products.0.installments", "١٢", "int_type"),
        ("products.0.dueDate", "2026-12-04T::::", "date"),
        ("products.0.dueDate", "2026-12-04T10:00:00", "day_without_zone"),
        ("products.0.dueDate", "2026-11-31", "date"),
        ("identity.issuingDate", "2026-11-04", "date_in_future"),
        ("identity.state", "ZZ", "state"),
        ("hometownState", "ZZ", "state"),
        ("mother", "Maria\u0000", "control_character"),
        ("mother", "Maria\u202eSilva", "control_character"),
        ("mother", "Maria\u200bSilva", "control_character"),
        ("mother", "Jo\ufffdo da Silva", "not_utf_8"),
        ("mother", "12345", "person_name"),
        ("phoneLandline", "1032345678", "phone_number"),
        ("reference.0.phone", "٦٢٩٨٧٦٥٤٣٢١", "phone_number"),
        ("address.zipCode", "00000000", "zip_code"),
        ("bank.bank", "000", "bank_code"),
        ("bank.agency", "12Q4", "agency"),
        ("bank.agency", "0000", "agency"),
        ("bank.agency", "0001-X", "agency_digit"),
        ("bank.account", "0000000-0", "account_number"),
        ("bank.account", "12P45", "account_number"),
        ("pixKey", "minha chave", "pix_key"),
        ("pixKey", "529.982.247-26", "pix_key"),
        ("pixKey", "111.444.777-35", "pix_key_holder"),
        ("pixKey", "11.222.333/0001-81", "pix_key_holder"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_by_name(journey: Journey, path: str, sent: Any, rule: str) -> None:
    answer = journey.call("create_proposal", path={"id": journey.ready()}, body=with_field(path, sent))
    assert (answer.status, answer.rules()) == (400, {path: rule})


@pytest.mark.parametrize(
    ("path", "sent", "kept"),
    [
        ("mother", "Mari\u0061\u0303 da Silva", "Mari\u00e3 da Silva"),
        ("identity.issuingDate", "2010-01-01T01:00:00Z", "2009-12-31"),
        ("identity.issuingDate", "2026-11-03", "2026-11-03"),
        ("identity.state", "go", "GO"),
        ("phoneLandline", "(062) 3234-5678", "+556232345678"),
        ("pixKey", "Fulana@Example.com", "fulana@example.com"),
        ("pixKey", "529.982.247-25", "52998224725"),
        ("pixKey", "+55 62 98765-4321", "+5562987654321"),
        ("pixKey", "0B6F2D0E-3A55-4A7E-9D5F-6F1C1B1F7A10", "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"),
        ("bank.account", "12345-p", "12345P"),
    ],
)
def test_what_is_taken_is_kept_in_one_form(journey: Journey, path: str, sent: Any, kept: Any) -> None:
    answer = journey.call("create_proposal", path={"id": journey.ready()}, body=with_field(path, sent))
    if path == "bank.account":
        # Only at Bradesco, and at banks whose rule is not published, is a P a check digit.
        assert (answer.status, answer.rules()) == (400, {path: "account_digit"})
        body = with_field(path, sent)
        body["bank"]["bank"] = "237"
        answer = journey.call("create_proposal", path={"id": journey.ready(cpf=OTHER_CPF)}, body=body)
    assert answer.status == 201, answer.text
    person: Any = journey.credit(answer.json["proposals"][0]["customerServiceNumber"]).borrower["proposal"]
    for name in path.split("."):
        person = person[to_snake(name)]
    assert person == kept


def test_the_days_of_a_credit_are_those_of_sao_paulo(journey: Journey) -> None:
    product = dict(sample_body("create_proposal")["products"][0])
    product |= {"releaseDate": "2026-11-05T01:00:00Z", "dueDate": "2026-12-04T23:30:00-03:00"}
    [proposal] = journey.propose(journey.ready(), products=[product]).json["proposals"]
    assert (proposal["releasedDate"], proposal["firstPaymentDate"]) == (
        "2026-11-04T03:00:00.000Z",
        "2026-12-04T03:00:00.000Z",
    )
