"""The payer's wire format: integer cents, one object for Pix and TED, five statuses. Pure.

No text of the payer is repeated: it may hold personal data.
"""

from __future__ import annotations

from typing import Any

from lastro.kernel.documents import Cnpj, Cpf
from lastro.kernel.errors import LastroError, Permanent, Unknown
from lastro.origination.disbursements.model import Account, PayoutMethod, PayoutStatus
from lastro.origination.disbursements.ports import Holder, PayoutAnswer, PayoutRequest
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.body import Body
from lastro.vendors.kit.tables import Row, meaning_of
from lastro.vendors.payer.errors import NEVER_TAKEN, UNCLEAR

_STATUSES = {
    "PROCESSING": PayoutStatus.SENT,
    "SETTLED": PayoutStatus.CONFIRMED,
    "REJECTED": PayoutStatus.REFUSED,
    "RETURNED": PayoutStatus.RETURNED,
}
_HOLDERS = {"SAME": Holder.SAME, "OTHER": Holder.OTHER}


class PayerBody(Body):
    """One object of the payer's answer. Its fault is ``Unknown``: nobody can tell what the payer did."""

    __slots__ = ()

    @staticmethod
    def unreadable(place: str, expected: str) -> Unknown:
        return Unknown(f"payer answer: {place} should be {expected}", code="payer_answer")


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
    try:
        return PayerBody(PayerBody.parse(content)).one_of("holder", _HOLDERS)
    except Unknown:
        return Holder.UNKNOWN


def payout_answer(content: bytes, key: str) -> PayoutAnswer:
    """What the payer says of the payout with ``key``. Raises ``Unknown`` for anything its contract does not hold."""
    body = PayerBody(PayerBody.parse(content))
    if not _is_about(body, key):
        raise PayerBody.unreadable("idempotency_key", "the payout's own")
    return PayoutAnswer(body.one_of("status", _STATUSES), body.text("id"), body.text_or_none("reason_code"))


def failure_of(answer: Answer, key: str) -> LastroError:
    """What an answer to a payout with ``key`` stands for when it is no payout."""
    if says(NEVER_TAKEN, answer, key):
        return Permanent(f"the payer answered status {answer.status}", code=NEVER_TAKEN.meaning)
    return unclear(answer.status)


def unclear(status: int) -> Unknown:
    """What a status says of a payout that may be under way."""
    return Unknown(f"the payer answered status {status}", code=meaning_of(UNCLEAR, status))


def says(row: Row[str], answer: Answer, key: str) -> bool:
    """Whether an answer is what ``row`` says: its status, its one ``error``, and no other payout's key."""
    try:
        body = PayerBody(PayerBody.parse(answer.body))
        return _is_about(body, key) and row.holds(answer.status, code=body.text_or_none("error"))
    except Unknown:
        return False


def _is_about(body: PayerBody, key: str) -> bool:
    """Whether an answer is about this payout: one that names a key must name this one."""
    return "idempotency_key" not in body.names() or body.text_or_none("idempotency_key") == key


def _target(account: Account) -> dict[str, Any]:
    if account.method is PayoutMethod.PIX:
        return {"pix": {"key": account.pix_key}}
    return {"ted": {"bank": account.bank, "branch": account.branch, "account": account.number, "type": account.type}}
