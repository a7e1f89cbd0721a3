"""The payer's wire format: integer cents, one object for Pix and TED, five statuses. Pure."""

from __future__ import annotations

from typing import Any

from lastro.kernel.documents import Cnpj, Cpf
from lastro.origination.disbursements.model import Account, PayoutMethod, PayoutStatus
from lastro.origination.disbursements.ports import Holder, PayoutAnswer, PayoutRequest
from lastro.vendors.payer.errors import is_about, read_object, unreadable

_STATUSES = {
    "PROCESSING": PayoutStatus.SENT,
    "SETTLED": PayoutStatus.CONFIRMED,
    "REJECTED": PayoutStatus.REFUSED,
    "RETURNED": PayoutStatus.RETURNED,
}


_HOLDERS = {"SAME": Holder.SAME, "OTHER": Holder.OTHER}


def payout_body(request: PayoutRequest) -> dict[str, Any]:
    """What the payer is sent."""
    account = request.account
    return {
        "method": account.method.value,
        "amount_cents": request.value,
        "description": f"CCB {request.csn}",
        "beneficiary": {"document": request.document.value, "name": request.name},
        **_target(account),
    }


def holder_body(document: Cpf | Cnpj, account: Account) -> dict[str, Any]:
    """The question whose an account is."""
    return {"beneficiary": {"document": document.value}, **_target(account)}


def holder_answer(content: bytes) -> Holder:
    """What the payer says of an account; ``UNKNOWN`` for anything its contract does not hold."""
    answer = read_object(content)
    word = answer.get("holder") if answer else None
    return _HOLDERS.get(word, Holder.UNKNOWN) if isinstance(word, str) else Holder.UNKNOWN


def _target(account: Account) -> dict[str, Any]:
    if account.method is PayoutMethod.PIX:
        return {"pix": {"key": account.pix_key}}
    return {"ted": {"bank": account.bank, "branch": account.branch, "account": account.number, "type": account.type}}


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
