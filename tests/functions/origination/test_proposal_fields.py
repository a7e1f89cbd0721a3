"""The fields of a proposal: which drift is tolerated, and which fault is named."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic.alias_generators import to_snake

from lastro.origination.products.model import ProductType
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
        "pixKey",
    ],
)
def test_what_the_contract_prints_has_letters_it_can_print(journey: Journey, path: str) -> None:
    process_id = journey.ready()
    answer = journey.call("create_proposal", path={"id": process_id}, body=with_field(path, "Улица 1"))
    assert answer.status == 400
    assert answer.json["code"] == "invalid_input"
    assert answer.rules() == {path: "undrawable"}
    assert journey.process(process_id).credits == ()


def test_what_the_contract_does_not_print_may_have_any_letters(journey: Journey) -> None:
    answer = journey.call("create_proposal", path={"id": journey.ready()}, body=with_field("hometown", "Москва"))
    assert answer.status == 201


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
    "sent", ["033 104", "033BANCO", "BANCO 033", {"desc": "BANCO"}, {"code": None}, {"code": {"code": "033"}}, ["033"]]
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
    assert list(refused.rules()) == ["reference.0.phone"]


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
