"""The queue of analyses: every step is worked status by status until nothing more is to be done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lastro.kernel.errors import Retryable
from lastro.origination.analysis.proposal import ProposalAnalysis
from lastro.origination.analysis.signup import SignupAnalysis
from lastro.origination.processes.book import Change, OriginationBook
from lastro.origination.processes.model import Aggregate, Step
from lastro.origination.processes.steps import StepDispatch, Task

MAX_ATTEMPTS = 6
"""Fewer than the queue's own, so that an analysis always ends; then what could not be asked is left to a person."""
_DELAYS = (2, 4, 8, 16, 30)
"""Seconds: together the minute that a bureau has to recover, while the queue of inquiries keeps asking it."""
_ROUNDS = 12
"""Changes by others that one delivery puts up with, beside the few statuses of its own."""


@dataclass(frozen=True, slots=True)
class AnalysisWorker:
    """Works batches of ``analyze`` steps, each independent of every other."""

    book: OriginationBook
    signups: SignupAnalysis
    proposals: ProposalAnalysis
    dispatch: StepDispatch
    report: Callable[[str, Mapping[str, object]], None]
    """Receives what an operator should see: an event name and fields without personal data."""

    async def process(self, tasks: Sequence[Task]) -> dict[str, int]:
        """Work every task; returns those to be delivered again with the seconds to wait."""
        outcomes = await asyncio.gather(*(self._work(task) for task in tasks), return_exceptions=True)
        again: dict[str, int] = {}
        for task, outcome in zip(tasks, outcomes, strict=True):
            match outcome:
                case bool():
                    if not outcome:
                        again[task.id] = _delay(task.attempt)
                case Retryable():
                    self.report("analysis retried", {"owner": task.message.owner.value, "code": outcome.code})
                    again[task.id] = _delay(task.attempt)
                case Exception():
                    fields = {"owner": task.message.owner.value, "id": task.message.id}
                    self.report("analysis crashed", {**fields, "fault": type(outcome).__name__})
                    again[task.id] = _delay(task.attempt)
                case BaseException():
                    raise outcome
        return again

    async def _work(self, task: Task) -> bool:
        """Whether the step is done with; false when others kept changing the same things."""
        for _ in range(_ROUNDS):
            step, change = await self._next(task)
            if step is None:
                return True
            wanted = change or Change(done=[step])
            if not await asyncio.to_thread(self.book.commit, wanted):
                continue
            await asyncio.to_thread(self.dispatch.send, wanted.steps)
            if step in wanted.done:
                return True
        return False

    async def _next(self, task: Task) -> tuple[Step | None, Change | None]:
        """The step while it is owed, and the next change it calls for."""
        message = task.message
        if message.owner is Aggregate.PROCESS:
            process = await asyncio.to_thread(self.book.find_process, message.id)
            step = process.step(message.step_id) if process else None
            if process is None or step is None:
                return None, None
            return step, await asyncio.to_thread(self.signups.carry_out, process, step)
        credit = await asyncio.to_thread(self.book.find_credit, message.id)
        step = credit.step(message.step_id) if credit else None
        if credit is None or step is None:
            return None, None
        last_attempt = task.attempt >= MAX_ATTEMPTS
        return step, await self.proposals.next_change(credit, step, last_attempt=last_attempt)


def _delay(attempt: int) -> int:
    return _DELAYS[min(attempt, len(_DELAYS)) - 1]
