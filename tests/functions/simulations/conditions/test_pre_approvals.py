"""A pre-analysis is asked under a lease that outlives it, and who lost the lease writes no more."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.kernel.errors import Retryable, Unknown
from lastro.kernel.queues.delivery import Delivery
from lastro.simulations.conditions import pre_approvals
from lastro.simulations.conditions.guard import BankGuard
from lastro.simulations.conditions.messages import ConditionQueued
from lastro.simulations.conditions.pre_approvals import LEASE_MS, PreApprovals
from lastro.simulations.model import PreApprovalStatus
from lastro.simulations.ports import BankAnswer, OfferRequest, PreApprovalRequest
from lastro.simulations.records import PreApproval
from lastro.simulations.store import SimulationStore
from tests.clock import MovableClock
from tests.functions.simulations.conditions.condition_stage import IDENTITY, ScriptedBank, Stage
from tests.memory_queue import MemoryQueue

BANK = "341"


class TakenOver(ScriptedBank):
    """A bank that answers after another process took the claim over; ``fault`` is raised instead of an answer."""

    stage: Stage
    fault: Exception | None = None

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        store, clock = self.stage.store, self.stage.clock
        clock.advance(milliseconds=LEASE_MS)
        seen = store.find_pre_approval(IDENTITY, BANK)
        assert seen
        lease = int(clock.now().timestamp() * 1000) + LEASE_MS
        assert store.claim_pre_approval(IDENTITY, BANK, lease, seen)
        if self.fault:
            raise self.fault
        return await super().pre_approve(request)


class Silent(ScriptedBank):
    """A bank that does not answer."""

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        await asyncio.sleep(3600)
        return True


def stage_of(table: Table, bank: ScriptedBank) -> Stage:
    stage = Stage(SimulationStore(table), MemoryQueue(), MovableClock(), bank, [])
    stage.post(12)
    return stage


async def settle(stage: Stage) -> PreApprovalStatus:
    simulation = stage.read().simulation
    asked = PreApprovals(stage.store, stage.clock, BankGuard(stage.store, stage.clock, {}), {}, {})
    settled = await asked.settle(simulation, stage.bank)
    await asked.stored()
    return settled.status


@pytest.mark.parametrize("fault", [None, Retryable("busy")])
async def test_who_lost_its_lease_writes_nothing(table: Table, fault: Exception | None) -> None:
    bank = TakenOver()
    bank.fault = fault
    bank.stage = stage = stage_of(table, bank)
    if fault:
        with pytest.raises(Retryable):
            await settle(stage)
    else:
        # What the bank answered holds: it answers whoever took over alike.
        assert await settle(stage) is PreApprovalStatus.APPROVED
    kept = stage.store.find_pre_approval(IDENTITY, BANK)
    assert kept
    assert kept.status is PreApprovalStatus.IN_PROGRESS
    assert kept.lease_until == int(stage.clock.now().timestamp() * 1000) + LEASE_MS


async def test_who_holds_its_lease_ends_it(table: Table) -> None:
    stage = stage_of(table, ScriptedBank())
    assert await settle(stage) is PreApprovalStatus.APPROVED
    kept = stage.store.find_pre_approval(IDENTITY, BANK)
    assert kept
    assert (kept.status, kept.lease_until) == (PreApprovalStatus.APPROVED, 0)


async def test_a_bank_that_says_nothing_is_given_up_within_the_lease(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pre_approvals, "ASK_SECONDS", 0.01)
    stage = stage_of(table, Silent())
    with pytest.raises(Unknown) as told:
        await settle(stage)
    assert told.value.code == "bank_timeout"
    kept = stage.store.find_pre_approval(IDENTITY, BANK)
    assert kept
    assert (kept.status, kept.lease_until) == (PreApprovalStatus.NOT_RUN, 0)


@pytest.mark.parametrize("learned_by", ["asking", "waiting"])
async def test_who_waits_for_another_process_looks_when_the_bank_is_known_to_answer(
    table: Table, monkeypatch: pytest.MonkeyPatch, learned_by: str
) -> None:
    """Looks are read units: it took 300 ms the last time, so that nothing is looked for until then."""
    stage = stage_of(table, ScriptedBank())
    simulation = stage.read().simulation
    took = {BANK: 300} if learned_by == "asking" else {}
    pauses: list[float] = []
    answer_at = stage.clock.now() + timedelta(milliseconds=310)
    lease = int(stage.clock.now().timestamp() * 1000) + LEASE_MS
    assert stage.store.claim_pre_approval(IDENTITY, BANK, lease, None)

    async def pass_time(seconds: float) -> None:
        pauses.append(seconds)
        stage.clock.advance(milliseconds=int(seconds * 1000))
        if stage.clock.now() >= answer_at:
            answered = PreApproval(BANK, PreApprovalStatus.APPROVED, 0, answer_at)
            stage.store.end_pre_approval(IDENTITY, answered, lease)

    monkeypatch.setattr(asyncio, "sleep", pass_time)
    waiting = PreApprovals(stage.store, stage.clock, BankGuard(stage.store, stage.clock, {}), {}, took)
    settled = await waiting.settle(simulation, stage.bank)
    assert settled.status is PreApprovalStatus.APPROVED
    assert stage.bank.pre_approved == 0
    assert pauses == ([0.3, 0.015] if learned_by == "asking" else [0.05] * 7)
    assert took == {BANK: 310}


async def test_what_ended_is_registered_although_the_pre_analysis_is_not_stored(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = stage_of(table, ScriptedBank())

    def fail(*_: object) -> bool:
        raise Retryable("the table is busy")

    monkeypatch.setattr(stage.store, "end_pre_approval", fail)
    messages = stage.queue.take()
    assert await stage.deliver(messages) == {"0": 1}
    assert stage.read().simulation.finished_at
    # What comes again finds it ended, and asks the bank nothing.
    assert await stage.deliver(messages, attempt=2) == {}
    assert (stage.bank.pre_approved, stage.bank.priced) == (1, 1)


class Pricing(ScriptedBank):
    """A bank that tells when it is asked for a price, and gives none."""

    async def price(self, request: OfferRequest) -> BankAnswer:
        self.asked.set()
        await asyncio.sleep(3600)
        raise AssertionError

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()


async def test_who_is_out_of_time_does_not_wait_for_what_is_stored(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = Pricing()
    stage = stage_of(table, bank)
    may_end, end = threading.Event(), stage.store.end_pre_approval

    def end_later(simulation_id: str, ended: PreApproval, lease: int) -> bool:
        return may_end.wait(10.0) and end(simulation_id, ended, lease)

    monkeypatch.setattr(stage.store, "end_pre_approval", end_later)
    [message] = stage.queue.take()
    working = asyncio.create_task(stage.worker().process(Delivery("0", ConditionQueued(**message))))
    await bank.asked.wait()
    working.cancel()
    done, _ = await asyncio.wait([working], timeout=1.0)
    may_end.set()
    assert done == {working}
    await asyncio.get_running_loop().shutdown_default_executor()
    # It is stored all the same.
    kept = stage.store.find_pre_approval(IDENTITY, BANK)
    assert kept
    assert kept.status is PreApprovalStatus.APPROVED
