"""Reading a disbursement, and correcting the account of a refused one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.errors import Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.origination.disbursements.fate import Fate, displaced_payout, fate_of
from lastro.origination.disbursements.model import (
    ROW,
    Account,
    Payout,
    PayoutMethod,
    account_of,
    displaced_row,
    payout_fields,
    request_payout,
    to_payout,
)
from lastro.origination.disbursements.ports import ConfirmHolder, FindPayout, Holder
from lastro.origination.disbursements.requests import GetDisbursement, RetryDisbursement
from lastro.origination.disbursements.views import DisbursementAnswer, show_disbursement
from lastro.origination.errors import HOLDER_NOT_CONFIRMED, PAYOUT_UNSETTLED, PAYOUT_WENT_THROUGH
from lastro.origination.processes.changes import ABSENT, Change, Row, RowPut, StoredCredit
from lastro.origination.processes.changing import change_once
from lastro.origination.processes.model import StepName, move_credit
from lastro.origination.processes.reading import own_credit
from lastro.origination.processes.statuses import CreditEvent
from lastro.origination.processes.steps import StepDispatch, owe, owe_notice
from lastro.origination.proposals.accounts import check_pix_holder

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


@dataclass(frozen=True)
class Disbursements:
    """The partner's side of disbursement."""

    store: OriginationStore
    dispatch: StepDispatch
    clock: Clock
    find: FindPayout
    confirm: ConfirmHolder

    def show(self, request: GetDisbursement, caller: Caller) -> DisbursementAnswer:
        """Where the money is. Raises ``NotFound`` ``unknown_proposal``."""
        stored = own_credit(self.store, request.customer_service_number, caller)
        row = stored.rows.get(ROW)
        return show_disbursement(stored.credit, to_payout(row) if row else None)

    def retry(self, request: RetryDisbursement, caller: Caller) -> str:
        """Send the money of a refused payout somewhere else: one more payout of the same contract.

        The payer is asked first what became of every payout before. Raises ``NotFound`` ``unknown_proposal``;
        ``InvalidInput`` ``pix_key_holder`` for a Pix key that is somebody else's document;
        ``Forbidden`` ``same_principal`` when who proposed names an account that may be another person's;
        ``Conflict``: ``wrong_state`` unless the last payout was refused, ``payout_unsettled`` while the payer does not
        say that it moved nothing, ``payout_went_through`` when it did, ``changed_meanwhile`` when somebody else was
        first.
        """
        now = self.clock.now()
        canonical = request.model_dump_json(exclude={"idempotency_key"})
        keyed = KeyedRequest.of(f"disbursements#{caller.holder}", request.idempotency_key, canonical)
        csn = request.customer_service_number
        looked_at: set[int] = set()
        return change_once(
            self.store,
            csn,
            caller,
            keyed,
            now,
            lambda stored: self._retry(request, caller, stored, keyed, now, looked_at),
        )

    def _retry(
        self,
        request: RetryDisbursement,
        caller: Caller,
        stored: StoredCredit,
        keyed: KeyedRequest | None,
        now: datetime,
        looked_at: set[int],
    ) -> str | None:
        credit, entry = move_credit(stored.credit, CreditEvent.PAYOUT_RETRIED, now, caller.principal, reasons=())
        before = to_payout(stored.rows[ROW])
        check_pix_holder(request.pix_key, credit.cpf)
        account = _account(request)
        self._check_holder(stored, account, caller)
        self._check_fates(stored, before, now, looked_at)
        payout = request_payout(credit.csn, before.number + 1, before.value, account, now)
        rows = [
            RowPut(
                credit.owner,
                Row(ROW, payout_fields(payout)),
                {"number": before.number, "status": before.status.value},
            ),
            RowPut(credit.owner, Row(displaced_row(before.number), payout_fields(before)), ABSENT),
        ]
        steps = [
            owe(credit, StepName.DISBURSE, now, {"number": payout.number}),
            owe_notice(credit, now),
        ]
        answer = show_disbursement(credit, payout).model_dump_json(by_alias=True)
        answered = Answered.to(keyed, answer, now)
        if not self.store.commit(Change(credits=[(credit, entry)], rows=rows, steps=steps, answered=answered)):
            return None
        self.dispatch.send(steps)
        return answer

    def _check_holder(self, stored: StoredCredit, account: Account, caller: Caller) -> None:
        """Who proposed may send the money to the borrower's own accounts alone: two are needed for any other."""
        credit = stored.credit
        if (caller.principal or caller.partner_id) != stored.history[0].who or account == account_of(credit.borrower):
            return
        document = parse_document(credit.cpf)
        if account.pix_key != document.value and self.confirm(document, account) is not Holder.SAME:
            raise HOLDER_NOT_CONFIRMED()

    def _check_fates(self, stored: StoredCredit, last: Payout, now: datetime, looked_at: set[int]) -> None:
        """Nothing is paid again while a payout before may have gone out, whatever was known of it so far.

        A conflict is decided twice: ``looked_at`` are the payouts that were given to their watcher already.
        """
        for number in range(last.number, 0, -1):
            payout = last if number == last.number else displaced_payout(stored, number, last)
            try:
                fate = fate_of(payout, self.find(payout.key), now)
            except Retryable:
                fate = Fate.OPEN
            if fate is Fate.OPEN:
                raise PAYOUT_UNSETTLED(number=number)
            if fate is Fate.TAKEN:
                look = owe(stored.credit, StepName.DISBURSE, now, {"number": number, "watch": 0})
                if number not in looked_at and self.store.commit(Change(steps=[look])):
                    looked_at.add(number)
                    self.dispatch.send([look])
                raise PAYOUT_WENT_THROUGH(number=number)


def _account(request: RetryDisbursement) -> Account:
    if request.bank is None:
        return Account(PayoutMethod.PIX, pix_key=request.pix_key)
    bank = request.bank
    return Account(PayoutMethod.TED, bank=bank.bank, branch=bank.agency, number=bank.account, type=bank.type)
