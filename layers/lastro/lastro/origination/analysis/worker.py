"""The queue of analyses: every step is worked status by status until nothing more is to be done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries
from lastro.origination.analysis.proposal import ProposalAnalysis
from lastro.origination.analysis.signup import SignupAnalysis
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import Aggregate, Step
from lastro.origination.processes.steps import StepDispatch, StepQueued

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

RETRIES = Retries((2, 4, 8, 16, 30), attempts=6)
"""Together the minute that a bureau has to recover, while the queue of inquiries keeps asking it. Fewer than the
queue's own, so that an analysis always ends; then what could not be asked is left to a person.
"""
_ROUNDS = 12
"""Changes by others that one delivery puts up with, beside the few statuses of its own."""


@dataclass(frozen=True)
class AnalysisWorker:
    """Works ``analyze`` steps."""

    store: OriginationStore
    signups: SignupAnalysis
    proposals: ProposalAnalysis
    dispatch: StepDispatch

    async def process(self, delivery: Delivery[StepQueued]) -> Done | Again:
        """Work a step off; again when others keep changing the same things. Raises ``Retryable``."""
        for _ in range(_ROUNDS):
            step, change = await self._next(delivery)
            if step is None:
                return Done()
            wanted = change or Change(done=[step])
            if not await asyncio.to_thread(self.store.commit, wanted):
                continue
            await asyncio.to_thread(self.dispatch.send, wanted.steps)
            if step in wanted.done:
                return Done()
        return Again()

    async def _next(self, delivery: Delivery[StepQueued]) -> tuple[Step | None, Change | None]:
        """The step while it is owed, and the next change it calls for."""
        message = delivery.message
        if message.owner is Aggregate.PROCESS:
            process = await asyncio.to_thread(self.store.find_process, message.id)
            step = process.step(message.step_id) if process else None
            if process is None or step is None:
                return None, None
            return step, await asyncio.to_thread(self.signups.carry_out, process, step)
        credit = await asyncio.to_thread(self.store.find_credit, message.id)
        step = credit.step(message.step_id) if credit else None
        if credit is None or step is None:
            return None, None
        return step, await self.proposals.next_change(credit, step, last_attempt=delivery.is_last)
