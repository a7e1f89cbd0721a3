"""Origination's part of the schedule: steps nobody finished are sent again, unsigned credits lapse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.kernel.calendar import CLOCK
from lastro.kernel.errors import Retryable
from lastro.kernel.observing.tracing import tracing
from lastro.kernel.queues.sweeping import RESENT, SWEEP_TIME
from lastro.origination.processes.calls.limits import CallLimits
from lastro.origination.processes.changes import Change
from lastro.origination.processes.lapses.expiry import ProposalExpiry
from lastro.origination.processes.lapses.sweep import LapseSweep
from lastro.origination.processes.model import Credit, Step, StepName, begin_credit
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus
from lastro.origination.processes.steps import GRACE, StepDispatch
from lastro.origination.processes.store import OriginationStore
from lastro.origination.processes.sweep import OTHERS, PAYOUTS, StepSweep
from tests.clock import MovableClock
from tests.domain.origination.credit_samples import CSN, NOW, PROCESS
from tests.functions.invocation import load_function, sample_event
from tests.functions.origination.contracts.signed import SignedCredit, signed
from tests.functions.origination.processes.credits import put_credit
from tests.memory_queue import MemoryQueue

__all__ = ["signed"]

TODAY = date(2026, 11, 3)
VALID_UNTIL = datetime.fromisoformat("2026-12-04T03:00:00.000Z")
"""The first moment after the day on which a credit of these tests may be signed last."""


@dataclass
class Sweep:
    store: Any
    clock: MovableClock = field(default_factory=lambda: MovableClock(NOW))
    outbox: MemoryQueue = field(default_factory=MemoryQueue)

    def run(self, **later: float) -> dict[str, int]:
        self.clock.moment += timedelta(**later)
        dispatch = StepDispatch(lambda name: self.outbox)
        expiry = ProposalExpiry(self.store, CallLimits(self.store), dispatch, self.clock)
        counts: dict[str, int] = {"steps_sent": 0}
        for names in (OTHERS, PAYOUTS):
            counts["steps_sent"] += StepSweep(self.store, dispatch, self.clock, names).run(TODAY)["steps_sent"]
        return counts | LapseSweep(self.store, expiry, self.clock).run(TODAY)

    def sent(self) -> list[str]:
        return sorted(body["step"] for body in self.outbox.take())


@pytest.fixture
def sweep(signed: SignedCredit) -> Sweep:
    return Sweep(signed.store)


def status(sweep: Sweep, csn: str = CSN) -> CreditStatus:
    found: CreditStatus = sweep.store.find_credit(csn).credit.status
    return found


def test_a_step_is_left_to_its_queue_for_a_while_and_then_sent_again(sweep: Sweep) -> None:
    put_credit(sweep.store, "partner", CreditStatus.CONTRACTED, (StepName.DISBURSE, StepName.SEAL_CONTRACT))
    assert sweep.run(seconds=GRACE.total_seconds() - 1)["steps_sent"] == 0
    assert sweep.run(seconds=1) == {"steps_sent": 2, "credits_expired": 0}
    assert sweep.sent() == ["disburse", "seal_contract"]
    assert sweep.run(seconds=RESENT.total_seconds() - 1)["steps_sent"] == 0
    assert sweep.run(seconds=1)["steps_sent"] == 2


def test_a_step_goes_on_for_the_request_that_owes_it(sweep: Sweep) -> None:
    with tracing("request-1"):
        _, (step,) = put_credit(sweep.store, "partner", CreditStatus.CONTRACTED, (StepName.DISBURSE,))
    for _ in range(2):
        sweep.run(seconds=max(GRACE, RESENT).total_seconds())
        assert [(body["step_id"], body["request_id"]) for body in sweep.outbox.take()] == [(step.id, "request-1")]


def test_a_step_that_was_done_is_not_sent_again(sweep: Sweep) -> None:
    _, (step,) = put_credit(sweep.store, "partner", CreditStatus.CONTRACTED, (StepName.DISBURSE,))
    assert sweep.store.commit(Change(done=[step]))
    assert sweep.run(hours=1)["steps_sent"] == 0


def test_a_queue_that_takes_nothing_costs_no_step(sweep: Sweep) -> None:
    put_credit(sweep.store, "partner", CreditStatus.CONTRACTED, (StepName.DISBURSE,))
    sweep.outbox.broken = True
    sweep.run(hours=1)
    sweep.outbox.broken = False
    assert sweep.run(hours=1)["steps_sent"] == 1
    assert sweep.sent() == ["disburse"]


class Contended:
    """A store in which somebody else is always writing what one commit wants to write."""

    def __init__(self, store: OriginationStore, fault: bool | Exception) -> None:
        self._store, self._fault = store, fault

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, change: Change) -> bool:
        if isinstance(self._fault, Exception):
            raise self._fault
        return self._fault


@pytest.mark.parametrize("fault", [False, Retryable("busy", code="transaction_conflict")])
def test_what_others_are_writing_is_left_to_the_next_run(sweep: Sweep, fault: bool | Exception) -> None:
    put_credit(sweep.store, "partner", CreditStatus.CONTRACTED, (StepName.DISBURSE,))
    put_other(sweep, CreditStatus.PRE_APPROVED)
    quiet = sweep.store
    sweep.store = Contended(quiet, fault)
    assert sweep.run(days=60) == {"steps_sent": 0, "credits_expired": 0}
    sweep.store = quiet
    assert sweep.run() == {"steps_sent": 1, "credits_expired": 1}


def put_other(sweep: Sweep, other: CreditStatus, csn: str = CSN[:-1] + "2") -> Credit:
    """Another credit of the same process, already there."""
    stored = sweep.store.find_credit(CSN)
    credit: Credit = replace(stored.credit, csn=csn, status=other, version=1)
    process = sweep.store.find_process(PROCESS).process
    known = replace(process, version=process.version + 1, credits=(*process.credits, csn))
    entry = replace(sweep.store.find_process(PROCESS).history[0], version=known.version)
    assert sweep.store.commit(Change(processes=[(known, entry)], credits=[(credit, begin_credit(credit, "test"))]))
    return credit


@pytest.mark.parametrize("before", sorted(BEFORE_CONTRACT))
def test_an_unsigned_credit_lapses_with_what_is_owed_of_it(sweep: Sweep, before: CreditStatus) -> None:
    put_credit(sweep.store, "partner", before, (StepName.ANALYZE,))
    sweep.clock.moment = VALID_UNTIL - timedelta(milliseconds=1)
    assert sweep.run()["credits_expired"] == 0
    sweep.sent()
    assert sweep.run(milliseconds=1)["credits_expired"] == 1
    stored = sweep.store.find_credit(CSN)
    assert (stored.credit.status, stored.credit.reasons, stored.steps) == (CreditStatus.EXPIRED, ("lapsed",), ())
    assert stored.history[-1].who == "lapse_proposals"
    process = sweep.store.find_process(PROCESS)
    assert process.process.status == "SIGNUP_COMPLETED"
    assert [step.name for step in process.steps] == [StepName.NOTIFY]
    assert sweep.sent() == ["notify"]
    assert sweep.run(milliseconds=1)["credits_expired"] == 0


@pytest.mark.parametrize("signed_status", sorted(set(CreditStatus) - BEFORE_CONTRACT))
def test_what_was_signed_or_ended_does_not_lapse(sweep: Sweep, signed_status: CreditStatus) -> None:
    put_credit(sweep.store, "partner", signed_status)
    assert sweep.run(days=400)["credits_expired"] == 0
    assert status(sweep) is signed_status


def test_a_process_stays_while_another_credit_of_it_may_be_signed(sweep: Sweep) -> None:
    put_credit(sweep.store, "partner", CreditStatus.PRE_APPROVED)
    other = put_other(sweep, CreditStatus.PRE_APPROVED)
    later = replace(other, version=2, valid_until=VALID_UNTIL + timedelta(days=1, milliseconds=-1))
    entry = replace(begin_credit(other, "test"), version=2)
    assert sweep.store.commit(Change(credits=[(later, entry)]))
    sweep.clock.moment = VALID_UNTIL
    assert sweep.run()["credits_expired"] == 1
    assert sweep.store.find_process(PROCESS).process.status == "PROPOSAL_CREATED"
    assert status(sweep, other.csn) is CreditStatus.PRE_APPROVED
    assert sweep.run(days=1)["credits_expired"] == 1
    assert sweep.store.find_process(PROCESS).process.status == "SIGNUP_COMPLETED"


def test_an_expiry_is_done_once_by_two_sweeps(sweep: Sweep) -> None:
    put_credit(sweep.store, "partner", CreditStatus.PRE_APPROVED)
    assert [sweep.run(days=60)["credits_expired"], sweep.run()["credits_expired"]] == [1, 0]
    assert [entry.event for entry in sweep.store.find_credit(CSN).history] == ["created", "expired"]


@contextmanager
def loaded_afresh(operation: str) -> Iterator[Any]:
    load_function.cache_clear()
    yield load_function("origination", operation)
    load_function.cache_clear()


def test_each_schedule_sends_its_own_steps(signed: SignedCredit) -> None:
    owed = (StepName.ANALYZE, StepName.GENERATE_CONTRACT, StepName.SEAL_CONTRACT, StepName.DISBURSE)
    credit, steps = put_credit(signed.store, "partner", CreditStatus.CONTRACTED, owed)
    overdue: list[Step] = [replace(step, due_at=datetime(2020, 1, 1, tzinfo=UTC)) for step in steps]
    assert signed.store.commit(Change(postponed=overdue))
    sent: list[tuple[str, str]] = []
    for operation, names in (("sync_payouts", owed[3:]), ("sync_steps", owed[:3]), ("sync_steps", ())):
        with loaded_afresh(operation) as module:
            event = sample_event("origination", operation)
            counts = module.handler(event, SimpleNamespace(function_name=operation))
        assert counts == {"steps_sent": len(names)}
        sent += [(name.value, credit.csn) for name in names]
        assert signed.steps_sent() == sorted((name.value, credit.csn) for name in names)


def test_the_schedule_of_lapses_expires_what_is_past(signed: SignedCredit, sweep: Sweep) -> None:
    put_credit(signed.store, "partner", CreditStatus.PRE_APPROVED)
    with loaded_afresh("lapse_proposals") as module:
        event = sample_event("origination", "lapse_proposals")
        counts = module.handler(event, SimpleNamespace(function_name="lapse_proposals"))
    assert counts == {"credits_expired": int(CLOCK.now() >= VALID_UNTIL)}


def test_a_run_stops_in_time_and_the_next_goes_on_there(sweep: Sweep) -> None:
    put_credit(sweep.store, "partner", CreditStatus.CONTRACTED, (StepName.SEAL_CONTRACT, StepName.ANALYZE))
    sweep.clock.moment += GRACE
    sweep.store = SlowStore(sweep.store, sweep.clock)
    assert [sweep.run()["steps_sent"], sweep.run()["steps_sent"], sweep.run()["steps_sent"]] == [1, 1, 0]
    assert sweep.sent() == ["analyze", "seal_contract"]


class SlowStore:
    """A store in which one commit takes a whole run."""

    def __init__(self, store: OriginationStore, clock: MovableClock) -> None:
        self._store, self._clock = store, clock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, change: Change) -> bool:
        self._clock.moment += SWEEP_TIME
        return self._store.commit(change)
