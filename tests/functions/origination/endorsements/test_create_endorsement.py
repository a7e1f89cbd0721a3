"""Endorsing a disbursed CCB: one link at a time, each bound to the one before."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.origination.endorsements.model import chain_of, is_intact
from lastro.origination.processes.statuses import CreditStatus
from tests.domain.origination.credit_samples import CSN, PROCESS
from tests.functions.origination.contracts.signed import SignedCredit, signed

__all__ = ["signed"]

ISSUER = {"name": "Exemplo SCD S.A.", "cnpj": "11.222.333/0001-81"}
FUND = {"name": "Fundo Exemplo FIDC", "cnpj": "12.ABC.345/01DE-35"}
BODY = {"endorseeName": FUND["name"], "endorseeCnpj": FUND["cnpj"], "value": 9800.0, "recourse": False}
SECURITIZER = {**BODY, "endorseeName": "Securitizadora Exemplo S.A.", "endorseeCnpj": "99888777000100"}


@pytest.fixture
def paid(signed: SignedCredit) -> SignedCredit:
    signed.put(CreditStatus.DISBURSED)
    return signed


def chain(credit: SignedCredit) -> Any:
    found = credit.store.find_credit(CSN)
    assert found
    return chain_of(found.rows)


def test_the_issuer_endorses_first_and_the_last_endorsee_next(paid: SignedCredit) -> None:
    first = paid.call("origination", "create_endorsement")
    assert first.status == 201, first.text
    data = first.json["data"]
    assert (data["position"], data["endorser"], data["endorsee"]) == (1, ISSUER, FUND)
    assert (data["value"], data["recourse"], len(data["evidenceHash"])) == (9800.0, False, 64)
    second = paid.call("origination", "create_endorsement", body={**SECURITIZER, "recourse": True}).json["data"]
    assert (second["position"], second["endorser"], second["recourse"]) == (2, FUND, True)
    assert second["evidenceHash"] != data["evidenceHash"]
    assert is_intact(chain(paid))
    assert paid.credit.status is CreditStatus.DISBURSED


def test_the_contract_is_sealed_anew_and_the_partner_told(paid: SignedCredit) -> None:
    paid.call("origination", "create_endorsement")
    owed = [("notify", PROCESS), ("seal_contract", CSN)]
    assert paid.steps_owed() == paid.steps_sent() == owed
    found = paid.store.find_credit(CSN)
    assert found
    assert [entry.event for entry in found.history] == ["created", "endorsed"]
    assert found.history[-1].who == "client-1"


def test_the_same_key_is_the_same_link(paid: SignedCredit) -> None:
    first, again = (paid.call("origination", "create_endorsement", key="cessao-1") for _ in range(2))
    assert (again.status, again.text) == (first.status, first.text)
    assert paid.call("origination", "create_endorsement", body=SECURITIZER, key="cessao-1").status == 409
    assert len(chain(paid)) == 1


def test_who_holds_it_is_no_endorsee(paid: SignedCredit) -> None:
    body = {**BODY, "endorseeCnpj": "11222333000181"}
    refused = paid.call("origination", "create_endorsement", body=body)
    assert (refused.status, refused.json["code"]) == (422, "same_holder")
    paid.call("origination", "create_endorsement")
    again = paid.call("origination", "create_endorsement")
    assert (again.status, again.rules()) == (422, {"endorseeCnpj": "same_holder"})
    assert len(chain(paid)) == 1


@pytest.mark.parametrize("status", [status for status in CreditStatus if status is not CreditStatus.DISBURSED])
def test_only_a_disbursed_ccb_is_endorsed(signed: SignedCredit, status: CreditStatus) -> None:
    signed.put(status)
    answer = signed.call("origination", "create_endorsement")
    assert (answer.status, answer.json["code"]) == (409, "wrong_state")
    assert chain(signed) == ()
    assert signed.steps_sent() == []


@pytest.mark.parametrize(
    "change",
    [
        {"endorseeName": None},
        {"endorseeName": " "},
        {"endorseeCnpj": None},
        {"endorseeCnpj": "11222333000182"},
        {"endorseeCnpj": "52998224725"},
        {"value": None},
        {"value": 0.001},
        {"value": "cem"},
        {"recourse": None},
        {"recourse": "talvez"},
    ],
)
def test_an_endorsement_names_everything(paid: SignedCredit, change: dict[str, Any]) -> None:
    body = {name: value for name, value in {**BODY, **change}.items() if value is not None}
    answer = paid.call("origination", "create_endorsement", body=body)
    assert answer.status == 400, answer.text
    assert {error["field"] for error in answer.json["errors"]} == set(change)
    assert chain(paid) == ()


def test_an_endorsee_has_a_name_that_the_contract_can_print(paid: SignedCredit) -> None:
    answer = paid.call("origination", "create_endorsement", body={**BODY, "endorseeName": "Фонд"})
    assert (answer.status, answer.rules()) == (400, {"endorseeName": "undrawable"})
    assert chain(paid) == ()


@pytest.mark.parametrize("value", [0, -1, 10**13])
def test_a_value_is_an_amount(paid: SignedCredit, value: int) -> None:
    answer = paid.call("origination", "create_endorsement", body={**BODY, "value": value})
    assert answer.status == 400, answer.text
    assert chain(paid) == ()
