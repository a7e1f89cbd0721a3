"""Sending refused money to another account: one more payout of the same contract."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from lastro.origination.disbursements.model import (
    ROW,
    PayoutStatus,
    advance_payout,
    payout_fields,
    payout_key,
    to_payout,
)
from lastro.origination.processes.changes import Change, Row, RowPut
from lastro.origination.processes.model import move_credit
from lastro.origination.processes.statuses import CreditEvent, CreditStatus
from tests.domain.origination.credit_samples import CSN, NOW, PROCESS
from tests.functions.origination.contracts.signed import SignedCredit, signed
from tests.functions.origination.processes.credits import BANK as OWN_BANK

__all__ = ["signed"]

BANK = {"bank": "341", "type": "CONTA_CORRENTE_INDIVIDUAL", "agency": "0001", "account": "1234567"}


@pytest.fixture
def refused(signed: SignedCredit) -> SignedCredit:
    signed.put(CreditStatus.PENDING, PayoutStatus.REFUSED)
    signed.payer.say(1, "REJECTED")
    return signed


@pytest.mark.parametrize(("body", "method"), [({"bank": BANK}, "TED"), ({"pixKey": "ana@example.com"}, "PIX")])
def test_a_corrected_account_makes_payout_two(refused: SignedCredit, body: dict[str, Any], method: str) -> None:
    answer = refused.call("origination", "retry_disbursement", body=body)
    assert answer.status == 201, answer.text
    data = answer.json["data"]
    assert (data["lastStatus"], data["status"], data["number"], data["method"]) == (
        "CONTRATADO",
        "requested",
        2,
        method,
    )
    assert (data["value"], data["reason"], data["reference"]) == (10000.0, None, None)
    found = refused.store.find_credit(CSN)
    assert found
    kept = to_payout(found.rows[ROW])
    assert kept.key == payout_key(CSN, 2) != payout_key(CSN, 1)
    assert refused.credit.status is CreditStatus.CONTRACTED
    owed = [("disburse", CSN), ("notify", PROCESS)]
    assert refused.steps_owed() == refused.steps_sent() == owed


def test_the_sample_event_is_answered(refused: SignedCredit) -> None:
    assert refused.call("origination", "retry_disbursement").status == 201


def test_the_same_key_is_the_same_payout(refused: SignedCredit) -> None:
    first, again = (
        refused.call("origination", "retry_disbursement", body={"bank": BANK}, key="correction-1") for _ in range(2)
    )
    assert (again.status, again.text) == (first.status, first.text)
    assert (
        refused.call("origination", "retry_disbursement", body={"pixKey": "x@example.com"}, key="correction-1").status
        == 409
    )
    found = refused.store.find_credit(CSN)
    assert found
    assert to_payout(found.rows[ROW]).number == 2
    assert refused.steps_sent() == [("disburse", CSN), ("notify", PROCESS)]


def test_twice_without_a_key_corrects_once(refused: SignedCredit) -> None:
    assert refused.call("origination", "retry_disbursement", body={"bank": BANK}).status == 201
    again = refused.call("origination", "retry_disbursement", body={"bank": BANK})
    assert (again.status, again.json["code"]) == (409, "wrong_state")


@pytest.mark.parametrize(
    ("status", "payout"),
    [
        (CreditStatus.OPERATIONAL_ANALYSIS, None),
        (CreditStatus.CONTRACTED, PayoutStatus.SENT),
        (CreditStatus.DISBURSED, PayoutStatus.CONFIRMED),
        (CreditStatus.RETURNED, PayoutStatus.RETURNED),
        (CreditStatus.EXPIRED, None),
    ],
)
def test_only_refused_money_goes_elsewhere(
    signed: SignedCredit, status: CreditStatus, payout: PayoutStatus | None
) -> None:
    signed.put(status, payout)
    answer = signed.call("origination", "retry_disbursement", body={"bank": BANK})
    assert (answer.status, answer.json["code"]) == (409, "wrong_state")
    assert signed.credit.status is status
    assert signed.steps_sent() == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"bank": BANK, "pixKey": "ana@example.com"},
        {"pixKey": ""},
        {"pixKey": "x" * 78},
        {"bank": {**BANK, "bank": "12345"}},
        {"bank": {**BANK, "type": "POUPANCA"}},
        {"bank": {name: value for name, value in BANK.items() if name != "account"}},
        {"bank": "341"},
    ],
)
def test_an_account_is_named_once_and_whole(refused: SignedCredit, body: dict[str, Any]) -> None:
    answer = refused.call("origination", "retry_disbursement", body=body)
    assert answer.status == 400, answer.text
    assert answer.json["errors"]
    assert refused.credit.status is CreditStatus.PENDING


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ({"pixKey": "111.444.777-35"}, {"pixKey": "pix_key_holder"}),
        ({"pixKey": "11.222.333/0001-81"}, {"pixKey": "pix_key_holder"}),
        ({"bank": {**BANK, "bank": "000"}}, {"bank.bank": "bank_code"}),
        ({"bank": {**BANK, "agency": "0000"}}, {"bank.agency": "agency"}),
        ({"bank": {**BANK, "account": "00000-0"}}, {"bank.account": "account_number"}),
        ({"bank": {**BANK, "bank": "001", "agency": "15848"}}, {"bank.agency": "agency_digit"}),
    ],
)
def test_whoever_sends_it_names_an_account_of_the_borrower(
    refused: SignedCredit, body: dict[str, Any], rules: dict[str, str]
) -> None:
    answer = refused.call("origination", "retry_disbursement", body=body)
    assert (answer.status, answer.rules()) == (400, rules)
    assert refused.credit.status is CreditStatus.PENDING
    assert refused.steps_sent() == []


# what became of the payout before -----------------------------------------------------------------------------------

SAID = {"id": "P-1", "status": "REJECTED", "reason_code": None}
UNSETTLED = {
    "it is being worked": httpx.Response(200, json={**SAID, "status": "PROCESSING"}),
    "no such word": httpx.Response(200, json={**SAID, "status": "FAILED"}),
    "another payout": httpx.Response(200, json={**SAID, "idempotency_key": "another"}),
    "a refusal that is no payout": httpx.Response(422, json={"error": "INVALID_ACCOUNT"}),
    "a gateway's page": httpx.Response(404, content=b"<html>Not Found</html>"),
    "a key in use": httpx.Response(409, json={"error": "IDEMPOTENCY_KEY_IN_USE"}),
    "our key is not accepted": httpx.Response(401, json={"error": "UNAUTHORIZED"}),
    "it cannot work now": httpx.Response(503),
}


@pytest.mark.parametrize("said", UNSETTLED)
def test_nothing_is_paid_again_while_the_payer_does_not_say_no(refused: SignedCredit, said: str) -> None:
    refused.payer.answers[payout_key(CSN, 1)] = UNSETTLED[said]
    before = refused.store.find_credit(CSN)
    answer = refused.call("origination", "retry_disbursement", body={"bank": BANK})
    assert (answer.status, answer.json["code"]) == (409, "payout_unsettled")
    assert refused.store.find_credit(CSN) == before
    assert refused.steps_sent() == []


def test_a_payer_that_knows_no_payout_is_believed_where_none_was_sent(refused: SignedCredit) -> None:
    """Nothing has to settle: the fixture refused it before it left."""
    refused.payer.answers.clear()
    assert refused.call("origination", "retry_disbursement", body={"bank": BANK}).status == 201
    assert refused.payer.asked == [payout_key(CSN, 1)]


@pytest.mark.parametrize("said", ["SETTLED", "RETURNED"])
def test_money_that_went_out_after_all_is_not_paid_again(refused: SignedCredit, said: str) -> None:
    refused.payer.say(1, said)
    answer = refused.call("origination", "retry_disbursement", body={"bank": BANK})
    assert (answer.status, answer.json["code"]) == (409, "payout_went_through")
    assert refused.credit.status is CreditStatus.PENDING
    found = refused.store.find_credit(CSN)
    assert found
    assert to_payout(found.rows[ROW]).number == 1
    # Whoever watches payouts looks at it at once.
    assert refused.steps_sent() == [("disburse", CSN)]


def test_every_payout_before_is_asked_about(refused: SignedCredit) -> None:
    assert refused.call("origination", "retry_disbursement", body={"bank": BANK}).status == 201
    stored = refused.store.find_credit(CSN)
    assert stored
    second = advance_payout(to_payout(stored.rows[ROW]), PayoutStatus.REFUSED, NOW, reason="ACCOUNT_CLOSED")
    moved = move_credit(stored.credit, CreditEvent.PAYOUT_REFUSED, NOW, "test")
    row = RowPut(stored.credit.owner, Row(ROW, payout_fields(second)))
    assert refused.store.commit(Change(credits=[moved], rows=[row]))
    refused.payer.say(2, "REJECTED")
    refused.payer.say(1, "SETTLED")
    answer = refused.call("origination", "retry_disbursement", body={"pixKey": "ana@example.com"})
    assert (answer.status, answer.json["code"]) == (409, "payout_went_through")
    assert refused.payer.asked[-2:] == [payout_key(CSN, 2), payout_key(CSN, 1)]


# whose account it is --------------------------------------------------------------------------------------------------


@pytest.fixture
def proposed(refused: SignedCredit, monkeypatch: pytest.MonkeyPatch) -> SignedCredit:
    """Whoever calls proposed the credit, too."""
    monkeypatch.setattr("tests.functions.origination.journey.PRINCIPAL", "test")
    return refused


NOT_CONFIRMED = {
    "another's": httpx.Response(200, json={"holder": "OTHER"}),
    "nobody knows": httpx.Response(200, json={"holder": "UNKNOWN"}),
    "another word": httpx.Response(200, json={"holder": "same"}),
    "no word": httpx.Response(200, json={"holder": ["SAME"]}),
    "word twice": httpx.Response(200, content=b'{"holder": "OTHER", "holder": "SAME"}'),
    "not that status": httpx.Response(404, json={"holder": "SAME"}),
    "no answer": httpx.Response(503),
}


@pytest.mark.parametrize("said", NOT_CONFIRMED)
def test_who_proposed_does_not_alone_send_it_to_another_person(proposed: SignedCredit, said: str) -> None:
    proposed.payer.holder = NOT_CONFIRMED[said]
    for body in ({"bank": BANK}, {"pixKey": "ana@example.com"}):
        answer = proposed.call("origination", "retry_disbursement", body=body)
        assert (answer.status, answer.json["code"]) == (403, "same_principal")
    assert proposed.credit.status is CreditStatus.PENDING
    assert proposed.steps_sent() == []


def test_who_proposed_sends_it_to_an_account_that_the_payer_confirms(proposed: SignedCredit) -> None:
    assert proposed.call("origination", "retry_disbursement", body={"bank": BANK}).status == 201
    account = {"bank": "341", "branch": "0001", "account": "1234567", "type": "CONTA_CORRENTE_INDIVIDUAL"}
    assert proposed.payer.confirmed == [{"beneficiary": {"document": "52998224725"}, "ted": account}]


@pytest.mark.parametrize("body", [{"bank": OWN_BANK}, {"pixKey": "52998224725"}])
def test_the_account_of_the_contract_and_the_borrowers_own_cpf_need_nobody(
    proposed: SignedCredit, body: dict[str, Any]
) -> None:
    proposed.payer.holder = NOT_CONFIRMED["another's"]
    assert proposed.call("origination", "retry_disbursement", body=body).status == 201
    assert proposed.payer.confirmed == []


def test_somebody_else_sends_it_where_the_payer_confirms_nothing(refused: SignedCredit) -> None:
    refused.payer.holder = NOT_CONFIRMED["nobody knows"]
    assert refused.call("origination", "retry_disbursement", body={"bank": BANK}).status == 201
    assert refused.payer.confirmed == []


@pytest.mark.parametrize("empty", [None, "", " "])
def test_the_account_left_empty_is_not_named(refused: SignedCredit, empty: str | None) -> None:
    neither = refused.call("origination", "retry_disbursement", body={"pixKey": empty, "bank": empty})
    assert (neither.status, neither.rules()) == (400, {"body": "one_account"})
    answer = refused.call("origination", "retry_disbursement", body={"pixKey": empty, "bank": BANK})
    assert (answer.status, answer.json["data"]["method"]) == (201, "TED")
