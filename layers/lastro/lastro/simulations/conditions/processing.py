"""The condition pipeline: pre-analysis, the bank, the result and what it generates.

A batch is read in one round trip and worked concurrently; every condition stores its result the moment it has one, so a
slow bank delays nobody. Nothing is written before the bank is asked: the act's idempotency key is derived from the
condition, and whoever works a condition again looks the act up at the bank before asking.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lastro.kernel.calendar import Clock
from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from lastro.simulations.announcing import Announcer
from lastro.simulations.book import PreApproval, SimulationBook, Wanted, Work
from lastro.simulations.conditions.guard import BankGuard
from lastro.simulations.conditions.messages import ConditionQueued, condition_messages
from lastro.simulations.conditions.offers import applicant_of, offer_request, verdict_of
from lastro.simulations.conditions.outbox import Outbox
from lastro.simulations.conditions.pre_approvals import PreApprovals
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.conditions.retries import retry_delay
from lastro.simulations.model import (
    Condition,
    PreApprovalStatus,
    Simulation,
    Verdict,
    condition_key,
    end_condition,
)
from lastro.simulations.ports import Bank, BankAnswer, BankDirectory, MessageQueue
from lastro.simulations.progress import Progress

ASK_SECONDS = 22.0
"""All a bank may take for one condition, pre-analysis and look-ups included; less than the function's time-out."""


@dataclass(frozen=True, slots=True)
class Task:
    """One delivered message: ``attempt`` counts from 1; ``repeated`` says the bank may know the act already."""

    id: str
    message: ConditionQueued
    attempt: int

    @property
    def looks_first(self) -> bool:
        return self.message.repeated or self.attempt > 1


@dataclass(slots=True)
class ConditionProcessor:
    """Works batches of condition messages."""

    book: SimulationBook
    queue: MessageQueue
    banks: BankDirectory
    clock: Clock
    report: Callable[[str, Mapping[str, object]], None]
    """Receives what an operator should see: an event name and fields without personal data."""
    announcer: Announcer
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        self.progress = Progress(self.book, self.announcer)

    async def process(self, tasks: Sequence[Task]) -> dict[str, int]:
        """Work every task; returns those to be delivered again with the seconds to wait."""
        wanted = [
            Wanted(each.simulation_id, each.offset, each.bank, each.store_id) for each in (t.message for t in tasks)
        ]
        work = await asyncio.to_thread(self.book.read_work, wanted)
        batch = _Batch(
            work=work,
            outbox=Outbox(self.queue),
            guard=(guard := BankGuard(self.book, self.clock, work.breakers)),
            pre_approvals=PreApprovals(self.book, self.clock, guard, work.pre_approvals),
        )
        groups: dict[str, list[Task]] = defaultdict(list)
        for task in tasks:
            groups[task.message.simulation_id].append(task)
        outcomes = await asyncio.gather(
            *(self._process_simulation(batch, name, group) for name, group in groups.items()), return_exceptions=True
        )
        again: dict[str, int] = {}
        for (name, group), outcome in zip(groups.items(), outcomes, strict=True):
            match outcome:
                case dict():
                    again |= outcome
                case Exception():
                    self.report("simulation crashed", {"simulation_id": name, "fault": type(outcome).__name__})
                    again |= {task.id: retry_delay(task.attempt) or 1 for task in group}
                case BaseException():
                    raise outcome
        return again

    async def _process_simulation(self, batch: _Batch, simulation_id: str, tasks: Sequence[Task]) -> dict[str, int]:
        simulation = batch.work.simulations.get(simulation_id)
        if simulation is None:
            self.report("message of no simulation", {"simulation_id": simulation_id})
            return {}
        unique = {task.message.offset: task for task in tasks}
        outcomes = await asyncio.gather(
            *(self._process_condition(batch, simulation, task) for task in unique.values()), return_exceptions=True
        )
        again: dict[str, int] = {}
        ended: list[Condition] = []
        for task, outcome in zip(unique.values(), outcomes, strict=True):
            match outcome:
                case Condition():
                    ended.append(outcome)
                case int():
                    again[task.id] = outcome
                case Exception():
                    self.report("condition crashed", {"simulation_id": simulation_id, "fault": type(outcome).__name__})
                    again[task.id] = retry_delay(task.attempt) or 1
                case BaseException():
                    raise outcome
        if ended:
            await asyncio.to_thread(self.progress.register, simulation.id, ended)
        return again

    async def _process_condition(self, batch: _Batch, simulation: Simulation, task: Task) -> Condition | int | None:
        """End one condition and return it; or return the seconds to wait before the next attempt."""
        condition = batch.work.conditions.get((simulation.id, task.message.offset))
        if condition is None:
            self.report("message of no condition", {"simulation_id": simulation.id, "offset": task.message.offset})
            return None
        if condition.ended_at:
            # Delivered twice, or the process died after the result: what it generated may never have been queued.
            await self._queue_generated(batch, simulation, condition)
            return condition
        verdict = await self._judge(batch, simulation, condition, task)
        if isinstance(verdict, int):
            return verdict
        ended, generated = end_condition(simulation, condition, verdict, self.clock.now())
        if await asyncio.to_thread(self.book.end_condition, simulation.id, ended, generated) and generated:
            await batch.outbox.add(condition_messages(simulation.id, simulation.store_id, generated))
        return ended

    async def _judge(self, batch: _Batch, simulation: Simulation, condition: Condition, task: Task) -> Verdict | int:
        """The verdict on a condition, or the seconds to wait before asking again."""
        try:
            return await self._ask(batch, simulation, condition, task)
        except (Retryable, Unknown, TimeoutError) as error:
            delay = retry_delay(task.attempt)
            return _failure(error) if delay is None else delay
        except Permanent as error:
            if error.code == Reason.INVALID_CREDENTIALS:
                self.banks.forget(condition.bank, simulation.store_id)
            return _failure(error)
        except Exception as error:
            # A fault of ours must not leave the condition pending for good: the last attempt ends it.
            delay = retry_delay(task.attempt)
            if delay is not None:
                raise
            self.report("condition failed by us", {"simulation_id": simulation.id, "fault": type(error).__name__})
            return Verdict(error=True, reason=Reason.INTERNAL)

    async def _ask(self, batch: _Batch, simulation: Simulation, condition: Condition, task: Task) -> Verdict:
        async with asyncio.timeout(ASK_SECONDS):
            store_id, code = simulation.store_id, condition.bank
            version = batch.work.credentials.get((store_id, code))
            bank = await asyncio.to_thread(self.banks.open, code, store_id, version)
            pre_approval = await batch.pre_approvals.settle(simulation, bank, applicant_of(simulation.lead))
            if pre_approval.status is PreApprovalStatus.REFUSED:
                return _refusal(pre_approval)
            async with batch.guard.watch(condition.bank):
                answer = await self._price(bank, simulation, condition, task)
        return verdict_of(simulation, condition, answer, pre_approval)

    async def _price(self, bank: Bank, simulation: Simulation, condition: Condition, task: Task) -> BankAnswer:
        key = condition_key(simulation, condition)
        if task.looks_first and (known := await bank.find_offer(key)):
            return known
        try:
            return await bank.price(offer_request(simulation, condition, key))
        except Unknown:
            if known := await bank.find_offer(key):
                return known
            raise

    async def _queue_generated(self, batch: _Batch, simulation: Simulation, original: Condition) -> None:
        messages = [
            ConditionQueued(
                simulation_id=simulation.id,
                offset=offset,
                bank=original.bank,
                repeated=True,
                store_id=simulation.store_id,
            ).model_dump()
            for offset in original.generated
            if offset not in simulation.ended
        ]
        if messages:
            await batch.outbox.add(messages)


@dataclass(frozen=True, slots=True)
class _Batch:
    work: Work
    outbox: Outbox
    guard: BankGuard
    pre_approvals: PreApprovals


def _failure(error: LastroError | TimeoutError) -> Verdict:
    if isinstance(error, TimeoutError):
        return Verdict(error=True, reason=Reason.BANK_TIMEOUT)
    return Verdict(error=True, reason=Reason(error.code) if error.code in set(Reason) else Reason.INTERNAL)


def _refusal(pre_approval: PreApproval) -> Verdict:
    return Verdict(
        reason=Reason.PRE_APPROVAL_REFUSED,
        pre_approval_status=PreApprovalStatus.REFUSED,
        pre_approval_ended_at=pre_approval.ended_at,
    )
