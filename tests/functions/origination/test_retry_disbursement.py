"""Sending refused money to another account: one more payout of the same contract."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.origination.disbursements.model import ROW, PayoutStatus, payout_key, to_payout
from lastro.origination.statuses import CreditStatus
from tests.domain.credit_samples import CSN, PROCESS
from tests.functions.origination.signed import STRANGER, SignedCredit, signed

__all__ = ["signed"]

BANK = {"bank": "341", "type": "CONTA_CORRENTE_INDIVIDUAL", "agency": "0001", "account": "1234567"}


@pytest.fixture
def refused(signed: SignedCredit) -> SignedCredit:
    signed.put(CreditStatus.PENDING, PayoutStatus.REFUSED)
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
    found = refused.book.find_credit(CSN)
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
    found = refused.book.find_credit(CSN)
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


def test_nobody_else_corrects_it(refused: SignedCredit) -> None:
    answer = refused.call("origination", "retry_disbursement", partner=STRANGER, body={"bank": BANK})
    assert (answer.status, answer.json["code"]) == (404, "unknown_proposal")
    assert refused.credit.status is CreditStatus.PENDING
