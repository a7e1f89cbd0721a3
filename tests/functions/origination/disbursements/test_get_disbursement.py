"""Reading where the money of a contract is."""

from __future__ import annotations

import pytest

from lastro.origination.disbursements.model import PayoutStatus
from lastro.origination.processes.statuses import CreditStatus
from tests.domain.origination.credit_samples import CSN
from tests.functions.origination.contracts.signed import STRANGER, SignedCredit, signed

__all__ = ["signed"]


def test_before_anything_was_sent(signed: SignedCredit) -> None:
    signed.put(CreditStatus.CONTRACTED)
    answer = signed.call("origination", "get_disbursement")
    assert answer.status == 200
    assert answer.json["data"] == {
        "customerServiceNumber": CSN,
        "lastStatus": "CONTRATADO",
        "status": None,
        "number": None,
        "method": None,
        "value": 10000.0,
        "reference": None,
        "reason": None,
        "requestedAt": None,
        "updatedAt": None,
    }


@pytest.mark.parametrize(
    ("status", "payout", "shown", "reason"),
    [
        (CreditStatus.CONTRACTED, PayoutStatus.REQUESTED, "requested", None),
        (CreditStatus.CONTRACTED, PayoutStatus.SENT, "sent", None),
        (CreditStatus.DISBURSED, PayoutStatus.CONFIRMED, "confirmed", None),
        (CreditStatus.PENDING, PayoutStatus.REFUSED, "refused", "ACCOUNT_CLOSED"),
        (CreditStatus.RETURNED, PayoutStatus.RETURNED, "returned", "ACCOUNT_CLOSED"),
    ],
)
def test_how_far_it_is(
    signed: SignedCredit, status: CreditStatus, payout: PayoutStatus, shown: str, reason: str | None
) -> None:
    signed.put(status, payout)
    data = signed.call("origination", "get_disbursement").json["data"]
    assert (data["lastStatus"], data["status"], data["reason"]) == (status.value, shown, reason)
    assert (data["number"], data["method"], data["value"]) == (1, "PIX", 10000.0)
    assert "ana@example.com" not in str(data)


def test_only_its_partner_sees_it(signed: SignedCredit) -> None:
    signed.put(CreditStatus.DISBURSED, PayoutStatus.CONFIRMED)
    foreign = signed.call("origination", "get_disbursement", partner=STRANGER)
    absent = signed.call("origination", "get_disbursement", csn=CSN[:-1] + "9")
    assert (foreign.status, foreign.json["code"]) == (404, "unknown_proposal")
    assert (absent.status, absent.json["code"]) == (404, "unknown_proposal")


@pytest.mark.parametrize("csn", ["1", "x" * 23, CSN + "0"])
def test_what_is_no_customer_service_number(signed: SignedCredit, csn: str) -> None:
    assert signed.call("origination", "get_disbursement", csn=csn).status == 404
