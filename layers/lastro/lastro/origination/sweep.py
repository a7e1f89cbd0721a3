"""Origination's part of ``sync_status``: steps nobody finished are sent again, what lapsed expires."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from lastro.calendar import Clock, format_moment
from lastro.errors import Retryable
from lastro.origination.book import Change, OriginationBook
from lastro.origination.model import HistoryEntry, Process, Step, amend_process, move_credit, move_process
from lastro.origination.statuses import BEFORE_CONTRACT, CreditEvent, ProcessEvent, ProcessStatus
from lastro.origination.steps import GRACE, StepDispatch, owe_notice

MAX_STEPS = 500
MAX_LAPSED = 200
"""A run takes the oldest; the next takes up the rest."""
WHO = "sync_status"


@dataclass(frozen=True, slots=True)
class OriginationSweep:
    """Sends due steps again and expires unsigned credits past their validity.

    What others are writing at this moment is left to the next run.
    """

    book: OriginationBook
    dispatch: StepDispatch
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - moments decide, not days
        """Sweep once; returns what was done, counted."""
        now = self.clock.now()
        due = self.book.list_due_steps(format_moment(now), MAX_STEPS)
        taken = [step for step in due if self._take(step)]
        self.dispatch.send(taken)
        return {"steps_sent": len(taken), "credits_expired": self._expire_lapsed(now)}

    def _take(self, step: Step) -> bool:
        """Move a step's due time on before it is sent, so that the next run leaves it to its queue for a while."""
        later = replace(step, due_at=format_moment(self.clock.now() + GRACE))
        with suppress(Retryable):
            return self.book.commit(Change(postponed=[later]))
        return False

    def _expire_lapsed(self, now: datetime) -> int:
        lapsed = list(islice(self.book.list_lapsed(format_moment(now)), MAX_LAPSED))
        return sum(self._expire(csn, now) for csn in lapsed)

    def _expire(self, csn: str, now: datetime) -> bool:
        """Expire one credit with what is still owed of it; its process goes back once nothing unsigned is left."""
        stored = self.book.find_credit(csn)
        if stored is None or stored.credit.status not in BEFORE_CONTRACT:
            return False
        process = self.book.find_process(stored.credit.process_id)
        if process is None:
            return False
        others = self.book.find_credits([other for other in process.process.credits if other != csn])
        is_last = all(other.status not in BEFORE_CONTRACT for other in others)
        notice = owe_notice(stored.credit.process_id, now)
        change = Change(
            processes=[_move_process(process.process, csn, now, is_last=is_last)],
            credits=[move_credit(stored.credit, CreditEvent.EXPIRED, now, WHO, "lapsed", reasons=("lapsed",))],
            steps=[notice],
            done=stored.steps,
        )
        with suppress(Retryable):
            if self.book.commit(change):
                self.dispatch.send([notice])
                return True
        return False


def _move_process(process: Process, csn: str, now: datetime, *, is_last: bool) -> tuple[Process, HistoryEntry]:
    if is_last and process.status in (ProcessStatus.PROPOSAL_ANALYSIS, ProcessStatus.PROPOSAL_CREATED):
        return move_process(process, ProcessEvent.PROPOSALS_EXPIRED, now, WHO, csn)
    return amend_process(process, "proposal_expired", now, WHO, csn)
