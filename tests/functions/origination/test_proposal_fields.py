"""The fields of a proposal: which drift is tolerated, and which fault is named."""

from __future__ import annotations

from typing import Any

import pytest

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
        ("relationshipStatus", "casado"),
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
        ("products.0.productId", None),
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
