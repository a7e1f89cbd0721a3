"""What a payout's outcome means for its credit. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lastro.origination.disbursements.model import (
    ROW,
    Payout,
    PayoutStatus,
    advance_payout,
    displaced_row,
    payout_fields,
)
from lastro.origination.disbursements.ports import PayoutAnswer
from lastro.origination.processes.changes import Change, Row, RowPut, StoredCredit
from lastro.origination.processes.model import Credit, HistoryEntry, move_credit
from lastro.origination.processes.statuses import CreditEvent, CreditStatus
from lastro.origination.processes.steps import owe_notice

WHO = "disbursement"

_EVENTS: Mapping[PayoutStatus, CreditEvent] = {
    PayoutStatus.CONFIRMED: CreditEvent.DISBURSED,
    PayoutStatus.REFUSED: CreditEvent.PAYOUT_REFUSED,
    PayoutStatus.RETURNED: CreditEvent.PAYOUT_RETURNED,
}


def move_for(credit: Credit, answer: PayoutAnswer, now: datetime) -> tuple[Credit, HistoryEntry] | None:
    """The credit after its payout became what the payer says; ``None`` where that moves nothing.

    A payout under way moves nothing, save one that was refused before. Raises ``Conflict`` ``wrong_state``.
    """
    if answer.status is PayoutStatus.SENT:
        if credit.status is not CreditStatus.PENDING:
            return None
        return move_credit(credit, CreditEvent.PAYOUT_RESUMED, now, WHO, reasons=())
    failed = answer.status in (PayoutStatus.REFUSED, PayoutStatus.RETURNED)
    why = (answer.reason or answer.status.value) if failed else ""
    return move_credit(credit, _EVENTS[answer.status], now, WHO, why, reasons=(why,) if why else ())


def take_over(
    stored: StoredCredit,
    displaced: Payout,
    late: tuple[Payout, PayoutAnswer],
    now: datetime,
    where: Mapping[str, object],
) -> tuple[Change, Payout]:
    """The change by which an earlier payout counts again in the place of ``displaced``, and that payout.

    ``where``: what the row of the payout that counts must hold.
    """
    earlier, answer = late
    after = advance_payout(earlier, answer.status, now, reference=answer.reference, reason=answer.reason)
    if displaced.status is PayoutStatus.REQUESTED:
        displaced = advance_payout(displaced, PayoutStatus.CANCELLED, now)
    owner = stored.credit.owner
    moved = move_for(stored.credit, answer, now)
    change = Change(
        credits=[moved] if moved else [],
        rows=[
            RowPut(owner, Row(ROW, payout_fields(after)), where),
            RowPut(owner, Row(displaced_row(after.number), payout_fields(after))),
            RowPut(owner, Row(displaced_row(displaced.number), payout_fields(displaced))),
        ],
        steps=[owe_notice(stored.credit, now)],
    )
    return change, after


def paid_twice(stored: StoredCredit, confirmed: Payout) -> list[int]:
    """Numbers of other payouts of the credit whose money went out too."""
    return [
        int(fields["number"])
        for fields in stored.rows_of(f"{ROW}#").values()
        if fields["status"] == PayoutStatus.CONFIRMED.value and fields["number"] != confirmed.number
    ]
