"""The payer's wire format: integer cents, one object for Pix and TED, five statuses. Pure."""

from __future__ import annotations

from typing import Any

from lastro.origination.disbursements.model import PayoutMethod, PayoutStatus
from lastro.origination.disbursements.ports import PayoutAnswer, PayoutRequest
from lastro.payouts.errors import is_about, read_object, unreadable

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


def payout_answer(content: bytes, key: str) -> PayoutAnswer:
    """What the payer says of the payout with ``key``. Raises ``Unknown`` for anything its contract does not hold."""
    answer = read_object(content)
    if answer is None:
        raise unreadable("body")
    if not is_about(answer, key):
        raise unreadable("idempotency_key")
    status, reference, reason = answer.get("status"), answer.get("id"), answer.get("reason_code")
    if not isinstance(status, str) or status not in _STATUSES:
        raise unreadable("status")
    if not isinstance(reference, str) or not reference or not isinstance(reason, str | None):
        raise unreadable("id")
    return PayoutAnswer(_STATUSES[status], reference, reason)
