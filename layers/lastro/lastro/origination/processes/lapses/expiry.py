"""Expiring unsigned proposals: all of a process when its partner asks, one when its validity has passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, is_past
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.origination.errors import NOTHING_TO_EXPIRE, PROCESS_BUSY
from lastro.origination.processes.calls.limits import CallLimits
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import (
    Credit,
    HistoryEntry,
    Process,
    Step,
    amend_process,
    move_credit,
    move_process,
)
from lastro.origination.processes.reading import own_process
from lastro.origination.processes.requests import ExpireProposals
from lastro.origination.processes.statuses import (
    BEFORE_CONTRACT,
    PROCESS_TRANSITIONS,
    CreditEvent,
    ProcessEvent,
    next_process_status,
)
from lastro.origination.processes.steps import StepDispatch, owe_notice
from lastro.origination.processes.views import ProcessHeader, show_header

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

SWEEPER = "lapse_proposals"
LAPSED = "lapsed"


@dataclass(frozen=True)
class ProposalExpiry:
    """Expires proposals over the store, the limits, the queues and the clock."""

    store: OriginationStore
    limits: CallLimits
    dispatch: StepDispatch
    clock: Clock

    def expire(self, request: ExpireProposals, caller: Caller) -> ProcessHeader:
        """Expire every unsigned proposal of a process, which may then propose anew.

        Raises ``NotFound``, ``TooManyRequests`` and ``Conflict``: ``wrong_state`` out of turn, ``nothing_to_expire``
        when every proposal is signed, denied or expired already.
        """
        now = self.clock.now()
        process = own_process(self.store, request.id, caller).process
        self.limits.count_call(process.place, process.cpf, now)
        who = caller.principal or caller.partner_id

        def expire_once() -> ProcessHeader | None:
            process = own_process(self.store, request.id, caller).process
            next_process_status(process.status, ProcessEvent.PROPOSALS_EXPIRED)
            unsigned = [c for c in self.store.find_credits(process.credits) if c.status in BEFORE_CONTRACT]
            if not unsigned:
                raise NOTHING_TO_EXPIRE()
            moved, entry = move_process(process, ProcessEvent.PROPOSALS_EXPIRED, now, who, "expire_proposals")
            if not self._commit(moved, entry, unsigned, now, who, "expire_proposals"):
                return None
            return show_header(moved, caller.status_spelling)

        return until_committed(expire_once, PROCESS_BUSY)

    def lapse(self, csn: str) -> bool:
        """Expire one proposal whose validity has passed; false when it is signed, ended, still valid or being changed.

        The process may propose anew once no other of its proposals is unsigned.
        """
        now = self.clock.now()
        stored = self.store.find_credit(csn)
        if stored is None or stored.credit.status not in BEFORE_CONTRACT:
            return False
        credit = stored.credit
        found = self.store.find_process(credit.process_id)
        if found is None or not is_past(credit.valid_until, now):
            return False
        process = found.process
        others = [other for other in self.store.find_credits(process.credits) if other.csn != csn]
        last = not any(other.status in BEFORE_CONTRACT for other in others)
        event = ProcessEvent.PROPOSALS_EXPIRED
        if last and (process.status, event) in PROCESS_TRANSITIONS:
            moved, entry = move_process(process, event, now, SWEEPER, LAPSED)
        else:
            moved, entry = amend_process(process, "proposal_expired", now, SWEEPER, csn)
        return self._commit(moved, entry, [credit], now, SWEEPER, LAPSED, done=stored.steps)

    def _commit(
        self,
        process: Process,
        entry: HistoryEntry,
        expiring: Sequence[Credit],
        now: datetime,
        who: str,
        why: str,
        done: Sequence[Step] = (),
    ) -> bool:
        notice = owe_notice(process, now)
        change = Change(
            processes=[(process, entry)],
            credits=[move_credit(credit, CreditEvent.EXPIRED, now, who, why, reasons=(why,)) for credit in expiring],
            steps=[notice],
            done=done,
        )
        if not self.store.commit(change):
            return False
        self.dispatch.send([notice])
        return True
