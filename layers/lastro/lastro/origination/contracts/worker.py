"""What the consumers of contract steps have in common: a step is done once, again after a crash, and never lost."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Permanent
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries
from lastro.origination.processes.changes import Change, StoredCredit
from lastro.origination.processes.model import Step
from lastro.origination.processes.steps import GRACE, StepDispatch, StepQueued

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

PUT_OFF = timedelta(hours=1)
"""How long a step that cannot succeed as things stand is left alone: an operator hears of it each time."""
RETRIES = Retries((1, 2, 4, 8, 15, 30))
"""The queue itself gives up after eight (template)."""

_log = logging.getLogger(__name__)


class StepWork(Protocol):
    """Works out what a step changes."""

    def carry_out(self, stored: StoredCredit, step: Step) -> Change | None:
        """The change that completes ``step``; ``None`` when there is nothing to change but the step itself.

        Effects before the change may happen twice. Raises ``Retryable`` or ``Permanent``.
        """
        ...


@dataclass(frozen=True)
class StepWorker:
    """Works steps of one kind."""

    store: OriginationStore
    dispatch: StepDispatch
    clock: Clock
    work: StepWork

    def process(self, delivery: Delivery[StepQueued]) -> Done | Again:
        """Carry out one step; again when somebody changed the credit meanwhile. Raises ``Retryable``."""
        stored = self.store.find_credit(delivery.message.id)
        step = stored.step(delivery.message.step_id) if stored else None
        if stored is None or step is None:
            return Done()
        try:
            change = self.work.carry_out(stored, step) or Change(done=[step])
        except Permanent as error:
            fields = {"csn": stored.credit.csn, "step": step.name.value, "code": error.code}
            _log.error("step put off", extra=fields)
            later = replace(step, due_at=self.clock.now() + PUT_OFF)
            return Done() if self.store.commit(Change(postponed=[later])) else Again()
        if not self.store.commit(change):
            return Again()
        # What is due on a later day is left to the sweep: its consumer would find nothing to do and end it.
        soon = self.clock.now() + GRACE
        self.dispatch.send([each for each in change.steps if each.due_at <= soon])
        return Done()
