"""The condition pipeline: pre-analysis, the bank, the result and what it generates.

Conditions that are delivered together are read in one round trip and registered in one write for each simulation; every
one stores its result as soon as it has it, those that end meanwhile together, so a slow bank delays nobody. Nothing is
written before the bank is asked: the act's idempotency key is derived from the condition, and whoever works a condition
again looks the act up at the bank before asking.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from lastro.kernel.observing.figures import Unit, note
from lastro.kernel.queues.delivery import Delivery, Done, Retries
from lastro.kernel.queues.gathering import Gathering
from lastro.simulations.completion.announcing import Announcer
from lastro.simulations.completion.progress import Progress, Roll
from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.guard import BankGuard
from lastro.simulations.conditions.messages import ConditionQueued
from lastro.simulations.conditions.offers import offer_request, verdict_of
from lastro.simulations.conditions.outbox import Outbox
from lastro.simulations.conditions.pre_approvals import PreApprovals
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.model import (
    Condition,
    PreApprovalStatus,
    Simulation,
    Verdict,
    bare_key,
    condition_key,
    end_condition,
    generated_by,
)
from lastro.simulations.ports import Bank, BankAnswer, OfferRequest
from lastro.simulations.records import PreApproval, Wanted, Work
from lastro.simulations.returns.model import level_of

if TYPE_CHECKING:
    from lastro.simulations.conditions.bank_directory import StoreBanks
    from lastro.simulations.store import SimulationStore

ASK_SECONDS = 22.0
"""All a bank may take for one condition, pre-analysis and look-ups included; less than the function's time-out."""

RETRIES = Retries((1, 2, 3, 4), attempts=5)
"""A condition gives up before the queue does (template: 8 deliveries), so that it ends with a reason."""

_log = logging.getLogger(__name__)


@dataclass()
class ConditionWorker:
    """Works condition messages."""

    store: SimulationStore
    dispatch: ConditionDispatch
    banks: StoreBanks[Bank]
    clock: Clock
    announcer: Announcer
    _progress: Progress = field(init=False)
    _batches: Gathering[Wanted, _Batch] = field(init=False)
    _results: Gathering[tuple[str, Condition], Mapping[tuple[str, int], Condition]] = field(init=False)
    _pre_approvals_took: dict[str, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._progress = Progress(self.store, self.announcer)
        self._batches = Gathering(self._open_batch)
        self._results = Gathering(self._store_results)

    async def process(self, delivery: Delivery[ConditionQueued]) -> Done:
        """End the conditions of a message. Raises ``Retryable`` and ``Unknown`` while the bank may still answer one of
        them: then all come again, and those that ended are known by their items.
        """
        works = (self._process_one(delivery, offset) for offset in delivery.message.offsets)
        for outcome in await asyncio.gather(*works, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
        return Done()

    async def _process_one(self, delivery: Delivery[ConditionQueued], offset: int) -> None:
        message = delivery.message
        fresh = not (delivery.repeated or message.repeated)
        batch = await self._batches.ask(Wanted(message.simulation_id, offset, message.bank, message.store_id, fresh))
        simulation = batch.work.simulations.get(message.simulation_id)
        if simulation is None:
            _log.warning("message of no simulation", extra={"simulation_id": message.simulation_id})
            return
        try:
            await self._end_and_register(batch, simulation, delivery, offset)
        except Exception:
            await batch.pre_approvals.stored()
            raise
        # Last, since one that cannot be stored must not hold up what ended, and not for who is out of time.
        await batch.pre_approvals.stored()

    async def _end_and_register(
        self, batch: _Batch, simulation: Simulation, delivery: Delivery[ConditionQueued], offset: int
    ) -> None:
        roll = batch.rolls[simulation.id]
        ended = None
        try:
            ended = await self._end(batch, simulation, delivery, offset)
        finally:
            roll.sign_off(ended)
        if ended:
            await roll.registered()

    async def _open_batch(self, wanted: Sequence[Wanted]) -> _Batch:
        """What conditions that are worked together share."""
        work = await asyncio.to_thread(self.store.read_work, wanted)
        guard = BankGuard(self.store, self.clock, work.breakers)
        sizes = Counter(each.simulation_id for each in wanted)
        return _Batch(
            work=work,
            outbox=Outbox(self.dispatch),
            guard=guard,
            pre_approvals=PreApprovals(self.store, self.clock, guard, work.pre_approvals, self._pre_approvals_took),
            rolls={name: Roll(self._progress, each, sizes[name]) for name, each in work.simulations.items()},
        )

    async def _end(
        self, batch: _Batch, simulation: Simulation, delivery: Delivery[ConditionQueued], offset: int
    ) -> Condition | None:
        """End one condition and return it; ``None`` where there is no such condition."""
        condition = batch.work.conditions.get((simulation.id, offset))
        if condition is None:
            _log.warning("message of no condition", extra={"simulation_id": simulation.id, "offset": offset})
            return None
        if condition.ended_at:
            # Delivered twice, or the process died after the result: what it generated may never have been queued.
            await self._queue_generated(batch, simulation, condition)
            return condition
        verdict = await self._judge(batch, simulation, condition, delivery)
        ended, generated = end_condition(simulation, condition, verdict, self.clock.now())
        stored = (await self._results.ask((simulation.id, ended))).get((simulation.id, offset), ended)
        if stored is not ended:
            await self._queue_generated(batch, simulation, stored)
            return stored
        note("ConditionsEnded", 1, bank=ended.bank, outcome=ended.state.value)
        if generated:
            await batch.outbox.add(simulation, generated)
        return ended

    async def _store_results(self, ended: Sequence[tuple[str, Condition]]) -> Mapping[tuple[str, int], Condition]:
        return await asyncio.to_thread(self.store.end_conditions, ended)

    async def _judge(
        self, batch: _Batch, simulation: Simulation, condition: Condition, delivery: Delivery[ConditionQueued]
    ) -> Verdict:
        """The verdict on a condition; raises while another delivery may bring a better one."""
        try:
            return await self._ask(
                batch, simulation, condition, repeated=delivery.repeated or delivery.message.repeated
            )
        except (Retryable, Unknown) as error:
            if not delivery.is_last:
                raise
            return _failure(error)
        except Permanent as error:
            if error.code == Reason.INVALID_CREDENTIALS:
                self.banks.forget(condition.bank, simulation.store_id)
            return _failure(error)
        except Exception as error:
            # A fault of ours must not leave the condition pending for good: the last delivery ends it.
            if not delivery.is_last:
                raise
            fields = {"simulation_id": simulation.id, "fault": type(error).__name__}
            _log.error("condition failed by us", extra=fields)
            return Verdict(error=True, reason=Reason.INTERNAL)

    async def _ask(self, batch: _Batch, simulation: Simulation, condition: Condition, *, repeated: bool) -> Verdict:
        try:
            async with asyncio.timeout(ASK_SECONDS):
                store_id, code = simulation.store_id, condition.bank
                version = batch.work.credentials.get((store_id, code))
                bank = self.banks.find_open(code, store_id, version)
                if bank is None:
                    bank = await asyncio.to_thread(self.banks.open, code, store_id, version)
                pre_approval = await batch.pre_approvals.settle(simulation, bank)
                if pre_approval.status is PreApprovalStatus.REFUSED:
                    return _refusal(pre_approval)
                async with batch.guard.watch(condition.bank):
                    began = time.perf_counter()
                    try:
                        answer, bare = await self._price(bank, simulation, condition, repeated=repeated)
                    finally:
                        took = round((time.perf_counter() - began) * 1000, 1)
                        note("BankLatency", took, Unit.MILLISECONDS, bank=condition.bank)
        except TimeoutError as error:
            raise Retryable("the bank takes too long", code=Reason.BANK_TIMEOUT) from error
        return verdict_of(simulation, condition, answer, bare, pre_approval)

    async def _price(
        self, bank: Bank, simulation: Simulation, condition: Condition, *, repeated: bool
    ) -> tuple[BankAnswer, BankAnswer | None]:
        """The bank's answer and, where a return is asked for, its answer at return 0 before it.

        Whom it offers nothing at return 0 it is not asked at another.
        """
        bare, level = None, level_of(condition.options)
        if level:
            request = offer_request(simulation, condition, bare_key(simulation, condition), 0)
            bare = await self._ask_price(bank, request, repeated=repeated)
            if bare.offer is None or bare.reason is not None:
                return bare, None
        request = offer_request(simulation, condition, condition_key(simulation, condition), level)
        return await self._ask_price(bank, request, repeated=repeated), bare

    async def _ask_price(self, bank: Bank, request: OfferRequest, *, repeated: bool) -> BankAnswer:
        key = request.key
        if repeated and (known := await bank.find_offer(key)):
            return known
        try:
            return await bank.price(request)
        except Unknown:
            if known := await bank.find_offer(key):
                return known
            raise

    async def _queue_generated(self, batch: _Batch, simulation: Simulation, original: Condition) -> None:
        owed = [each for each in generated_by(simulation, original) if each.offset not in simulation.ended]
        if owed:
            await batch.outbox.add(simulation, owed, repeated=True)


@dataclass(frozen=True)
class _Batch:
    work: Work
    outbox: Outbox
    guard: BankGuard
    pre_approvals: PreApprovals
    rolls: dict[str, Roll]


def _failure(error: LastroError) -> Verdict:
    return Verdict(error=True, reason=Reason(error.code) if error.code in set(Reason) else Reason.INTERNAL)


def _refusal(pre_approval: PreApproval) -> Verdict:
    return Verdict(
        reason=Reason.PRE_APPROVAL_REFUSED,
        pre_approval_status=PreApprovalStatus.REFUSED,
        pre_approval_ended_at=pre_approval.ended_at,
    )
