"""Origination's part of ``sync_status``: steps nobody finished are sent again, what lapsed expires."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.errors import Retryable
from lastro.origination.processes.changes import Change
from lastro.origination.processes.lapses.expiry import ProposalExpiry
from lastro.origination.processes.model import Step
from lastro.origination.processes.steps import GRACE, StepDispatch

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

MAX_STEPS = 500
MAX_LAPSED = 200
"""A run takes the oldest; the next takes up the rest."""


@dataclass(frozen=True, slots=True)
class OriginationSweep:
    """Sends due steps again and expires unsigned credits past their validity.

    What others are writing at this moment is left to the next run.
    """

    book: OriginationStore
    expiry: ProposalExpiry
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
        expired = 0
        for csn in list(islice(self.book.list_lapsed(format_moment(now)), MAX_LAPSED)):
            with suppress(Retryable):
                expired += self.expiry.lapse(csn)
        return expired
