"""The bodies that the vendor's public client libraries document, each driven from the signup to a sealed CCB.

What happens in between the functions do themselves: analysis, contract and seal, with each message handed to them.

``events/clients/`` holds an event a call for each of five ways to write them: typed fields with moments for days,
words as screens show them, old spellings, numbers as text, and banks as objects beside empty optional fields.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.origination.processes.model import StepName
from tests.functions.invocation import ROOT, Answer, load_function
from tests.functions.origination.analysis.analysis_desk import AnalysisDesk
from tests.functions.origination.contracts.contract_desk import Desk, decode
from tests.functions.origination.journey import PRINCIPAL

CLIENTS = sorted(path.name for path in (ROOT / "events/clients").iterdir())
PLACEHOLDER = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
KEPT: dict[str, dict[str, Any]] = {
    "typed_fields": {"identity.issuing_date": "2010-01-01", "bank.bank": "001", "business.payday": 5},
    "screen_words": {
        "education": "POS_GRADUACAO",
        "relationship_status": "UNIAO_ESTAVEL",
        "business.occupation": "APOSENTADO_PENSIONISTA",
        "business.employment_since": "LESS_THAN_SIX_MONTHS",
        "bank.bank": "033",
        "bank.type": "CONTA_CORRENTE_INDIVIDUAL",
        "reference.0.phone": "+5562987651234",
    },
    "old_spellings": {
        "identity.type": "CARTEIRA_CRE",
        "bank.bank": "450",
        "bank.account": "1234567P",
        "bank.type": "CONTA_POUPANCA_INDIVIDUAL",
    },
    "numbers_as_text": {
        "address.number": 100,
        "address.zip_code": "74180040",
        "business.income": 5000_00,
        "business.phone": "+556232345678",
        "phone_landline": "+556232345678",
        "bank.bank": "001",
        "bank.type": "CONTA_POUPANCA_INDIVIDUAL",
    },
    "bank_objects": {"bank.bank": "341", "bank.type": "CONTA_POUPANCA_CONJUNTA", "reference": []},
}


def send(desk: Desk, client: str, operation: str, path: dict[str, str] | None, **replaced: str) -> Answer:
    """Invoke a function with a client's event as it is, of this partner and with texts replaced in its body."""
    event = json.loads((ROOT / f"events/clients/{client}/{operation}.json").read_text(encoding="utf-8"))
    event["pathParameters"] = path
    partner = {"partner_id": desk.journey.partner_id, "store_ids": "", "scopes": "api-external", "principal": PRINCIPAL}
    event["requestContext"]["authorizer"] = partner
    for before, after in replaced.items():
        event["body"] = event["body"].replace(before, after)
    answer = load_function("origination", operation).handler(event, SimpleNamespace(function_name=operation))
    return Answer(answer["statusCode"], answer["headers"], answer["body"], json.loads(answer["body"]))


def kept_at(person: Any, path: str) -> Any:
    for name in path.split("."):
        person = person[int(name)] if name.isdigit() else person[name]
    return person


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_reaches_a_sealed_contract(working_desk: tuple[AnalysisDesk, Desk], client: str) -> None:
    journey, desk = working_desk
    signed_up = send(desk, client, "create_simple_signup", None)
    assert signed_up.status == 201, signed_up.text
    process_id = signed_up.json["id"]
    journey.analyze()

    proposed = send(desk, client, "create_proposal", {"id": process_id})
    assert proposed.status == 201, proposed.text
    journey.analyze()
    [proposal] = proposed.json["proposals"]
    csn = proposal["customerServiceNumber"]
    terms = [proposal[name] for name in ("value", "installments", "monthlyTax", "firstPaymentDate")]
    assert terms == [10000, 12, 0.025, "2026-12-04T03:00:00.000Z"]
    assert '"value":10000,' in proposed.text
    person = journey.credit(csn).borrower["proposal"]
    assert {path: kept_at(person, path) for path in KEPT[client]} == KEPT[client]

    # The client's own document first, then whatever is still wanted: documents are sent while hasDocuments says so.
    received = send(desk, client, "put_document", {"id": process_id})
    assert received.status == 201, received.text
    while (now := journey.status(process_id).json["proposals"][0])["hasDocuments"]:
        assert journey.put_document(process_id, now["pendentDocuments"][0]).status == 201
    journey.analyze()
    [step] = desk.open_steps(csn, StepName.GENERATE_CONTRACT)
    assert desk.deliver("generate_contract", step) == []
    waiting = journey.status(process_id).json["proposals"][0]
    assert (waiting["hasDocuments"], waiting["hasContracts"]) == (False, True)

    checksum = desk.checksum(csn)
    accepted = send(desk, client, "sign_contract", {"customerServiceNumber": csn}, **{PLACEHOLDER: checksum})
    assert accepted.status == 200, accepted.text
    assert desk.seal(csn) == []
    assert decode(desk.read_signed(csn).json["contract"]).startswith(b"%PDF-")
    assert journey.status(process_id).json["proposals"][0]["lastStatus"] == "CONTRATADO"


def test_every_client_has_every_call() -> None:
    calls = {"create_simple_signup", "create_proposal", "put_document", "sign_contract"}
    for client in CLIENTS:
        assert {path.stem for path in (ROOT / "events/clients" / client).iterdir()} == calls
    assert set(CLIENTS) == set(KEPT)
