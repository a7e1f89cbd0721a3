"""The sweeps of owed steps: those that nobody finished are sent again (``sync_steps``, ``sync_payouts``)."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.sweeping import RESENT, within_time
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import Step, StepName
from lastro.origination.processes.steps import StepDispatch

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

PAYOUTS = (StepName.DISBURSE,)
"""Money does not wait behind anything else that is owed."""
OTHERS = tuple(name for name in StepName if name not in PAYOUTS)

_TOGETHER = 100


@dataclass(frozen=True)
class StepSweep:
    """Sends due steps of some names again. What others are writing at this moment is left to the next run."""

    store: OriginationStore
    dispatch: StepDispatch
    clock: Clock
    names: Collection[StepName]

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - moments decide, not days
        """Sweep once, oldest first; returns what was done, counted."""
        due = within_time(self.store.list_due_steps(self.clock.now(), self.names), self.clock)
        taken, sent = filter(self._take, due), 0
        while some := list(islice(taken, _TOGETHER)):
            self.dispatch.send(some)
            sent += len(some)
        return {"steps_sent": sent}

    def _take(self, step: Step) -> bool:
        """Move a step's due time on before it is sent, so that the next run leaves it to its queue for a while."""
        later = replace(step, due_at=self.clock.now() + RESENT)
        with suppress(Retryable):
            return self.store.commit(Change(postponed=[later]))
        return False
