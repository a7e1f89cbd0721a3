"""The payer's wire format: integer cents, one object for Pix and TED, five statuses. Pure."""

from __future__ import annotations

import json
from typing import Any

from lastro.origination.disbursements.model import PayoutMethod, PayoutStatus
from lastro.origination.disbursements.ports import PayoutAnswer, PayoutRequest
from lastro.payouts.errors import unreadable

_STATUSES = {
    "PROCESSING": PayoutStatus.SENT,
    "SETTLED": PayoutStatus.CONFIRMED,
    "REJECTED": PayoutStatus.REFUSED,
    "RETURNED": PayoutStatus.RETURNED,
}


def payout_body(request: PayoutRequest) -> dict[str, Any]:
    """What the payer is sent."""
    account = request.account
    if account.method is PayoutMethod.PIX:
        target: dict[str, Any] = {"pix": {"key": account.pix_key}}
    else:
        target = {
            "ted": {"bank": account.bank, "branch": account.branch, "account": account.number, "type": account.type}
        }
    return {
        "method": account.method.value,
        "amount_cents": request.value,
        "description": f"CCB {request.csn}",
        "beneficiary": {"document": request.document.value, "name": request.name},
        **target,
    }


def payout_answer(content: bytes) -> PayoutAnswer:
    """What the payer says. Raises ``Unknown`` for anything its contract does not hold."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise unreadable("body") from error
    if not isinstance(answer, dict):
        raise unreadable("body")
    status, reference, reason = answer.get("status"), answer.get("id"), answer.get("reason_code")
    if not isinstance(status, str) or status not in _STATUSES:
        raise unreadable("status")
    if not isinstance(reference, str) or not isinstance(reason, str | None):
        raise unreadable("id")
    return PayoutAnswer(_STATUSES[status], reference, reason)
