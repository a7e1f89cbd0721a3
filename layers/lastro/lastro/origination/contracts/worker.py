"""What the consumers of contract steps have in common: a step is done once, again after a crash, and never lost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.errors import Permanent, Retryable
from lastro.origination.contracts.ports import Report
from lastro.origination.processes.book import Change, OriginationBook, StoredCredit
from lastro.origination.processes.model import Step
from lastro.origination.processes.steps import GRACE, StepDispatch, Task

PUT_OFF = timedelta(hours=1)
"""How long a step that cannot succeed as things stand is left alone: an operator hears of it each time."""
_DELAYS = (1, 2, 4, 8, 15, 30)
"""Seconds before the next delivery; the queue itself gives up after eight (template)."""


class StepWork(Protocol):
    """Works out what a step changes."""

    def carry_out(self, stored: StoredCredit, step: Step) -> Change | None:
        """The change that completes ``step``; ``None`` when there is nothing to change but the step itself.

        Effects before the change may happen twice. Raises ``Retryable`` or ``Permanent``.
        """
        ...


@dataclass(frozen=True, slots=True)
class StepWorker:
    """Works batches of steps of one kind, one after another."""

    book: OriginationBook
    dispatch: StepDispatch
    clock: Clock
    report: Report
    work: StepWork

    async def process(self, tasks: Sequence[Task]) -> dict[str, int]:
        """Work every task; returns those to be delivered again with the seconds to wait."""
        again: dict[str, int] = {}
        for task in tasks:
            # Gathered one at a time: what goes wrong with one credit keeps no other of the batch from its contract.
            [outcome] = await asyncio.gather(asyncio.to_thread(self._work, task), return_exceptions=True)
            step = {"csn": task.message.id, "step": task.message.step}
            match outcome:
                case True:
                    continue
                case Retryable():
                    self.report("step retried", {**step, "code": outcome.code})
                case Exception():
                    self.report("step crashed", {**step, "fault": type(outcome).__name__})
                case BaseException():
                    raise outcome
            again[task.id] = _DELAYS[min(task.attempt, len(_DELAYS)) - 1]
        return again

    def _work(self, task: Task) -> bool:
        """Whether the step is done with; false when somebody changed the credit meanwhile."""
        stored = self.book.find_credit(task.message.id)
        step = stored.step(task.message.step_id) if stored else None
        if stored is None or step is None:
            return True
        try:
            change = self.work.carry_out(stored, step) or Change(done=[step])
        except Permanent as error:
            self.report("step put off", {"csn": stored.credit.csn, "step": step.name.value, "code": error.code})
            later = replace(step, due_at=format_moment(self.clock.now() + PUT_OFF))
            return self.book.commit(Change(postponed=[later]))
        if not self.book.commit(change):
            return False
        # What is due on a later day is left to the sweep: its consumer would find nothing to do and end it.
        soon = format_moment(self.clock.now() + GRACE)
        self.dispatch.send([each for each in change.steps if each.due_at <= soon])
        return True
