"""The pipeline over the table: what a batch of deliveries leaves behind, whatever the bank and the queue do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from lastro.aws import clients
from lastro.aws.table import Table
from lastro.calendar import format_moment
from lastro.errors import Permanent, Retryable, Unknown
from lastro.simulations.announcing import Announcer
from lastro.simulations.book import Purchase, StoredSimulation
from lastro.simulations.messages import ConditionQueued, condition_messages
from lastro.simulations.model import (
    OFFSETS_PER_ORIGINAL,
    Condition,
    ConditionState,
    PreApprovalStatus,
    Simulation,
    Verdict,
    end_condition,
)
from lastro.simulations.outbox import Outbox
from lastro.simulations.ports import BankAnswer, Expense, Offer, OfferRequest, PreApprovalRequest
from lastro.simulations.processing import ConditionProcessor, Task
from lastro.simulations.reasons import Reason
from lastro.simulations.store import SimulationStore
from lastro.simulations.sync import DEADLINE, GRACE, SimulationSweep

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
IDENTITY = "4be0643f-1d98-573b-97cd-ca98a65347dd"


class MovableClock:
    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        self.moment += step


@dataclass
class MemoryQueue:
    sent: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0

    def send(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        self.sent += [dict(body) for body in bodies]
        self.requests += 1

    def take(self) -> list[dict[str, Any]]:
        taken, self.sent = self.sent, []
        return taken


@dataclass
class ScriptedBank:
    """Keeps a ledger by key; ``faults`` are raised in turn by ``price``, after the effect for ``Unknown``."""

    code: str = "341"
    minimum: int | None = None
    suggested: int | None = None
    approves: bool = True
    faults: list[Exception] = field(default_factory=list)
    effects: dict[str, BankAnswer] = field(default_factory=dict)
    priced: int = 0
    pre_approved: int = 0
    looked_up: int = 0

    async def pre_approve(self, request: PreApprovalRequest) -> bool:
        self.pre_approved += 1
        return self.approves

    async def find_pre_approval(self, key: str) -> bool | None:
        return None

    async def price(self, request: OfferRequest) -> BankAnswer:
        self.priced += 1
        fault = self.faults.pop(0) if self.faults else None
        if fault and not isinstance(fault, Unknown):
            raise fault
        net = request.asset_value - request.down_payment
        offer = Offer(
            installments=(net // request.installments + 20_000,) * request.installments,
            monthly_rate="1.49",
            expenses=(Expense("iof_value", 30_000),),
            credit_condition_code="T1",
        )
        self.effects.setdefault(request.key, BankAnswer(offer, None, self.minimum, self.suggested))
        if fault:
            raise fault
        return self.effects[request.key]

    async def find_offer(self, key: str) -> BankAnswer | None:
        self.looked_up += 1
        return self.effects.get(key)


@dataclass
class OneBank:
    bank: ScriptedBank
    forgotten: int = 0

    def open(self, code: str, store_id: int) -> ScriptedBank:
        return self.bank

    def forget(self, code: str, store_id: int) -> None:
        self.forgotten += 1


@dataclass
class Stage:
    """A simulation of ``terms`` at one bank, its queue and everything that works on it."""

    store: SimulationStore
    queue: MemoryQueue
    clock: MovableClock
    bank: ScriptedBank
    events: list[str]

    def __post_init__(self) -> None:
        self.banks = OneBank(self.bank)
        self.notices = MemoryQueue()

    def processor(self) -> ConditionProcessor:
        """A fresh process: nothing remembered but what is stored."""
        return ConditionProcessor(
            self.store,
            self.queue,
            self.banks,
            self.clock,
            lambda event, fields: self.events.append(event),
            Announcer(self.store, self.notices),
        )

    def sweep(self) -> dict[str, int]:
        sweep = SimulationSweep(
            self.store,
            self.queue,
            self.clock,
            lambda event, fields: self.events.append(event),
            Announcer(self.store, self.notices),
        )
        return sweep.run(date(2026, 3, 2))

    def post(self, *terms: int, down_payment: int = 100_000, suggestions: bool = True) -> None:
        simulation = Simulation(
            id=IDENTITY,
            partner_id="p",
            store_id=1,
            first_id=100,
            created_at=format_moment(self.clock.now()),
            release_date="2026-03-02",
            originals=len(terms),
            assets_value=10_000_000,
            documentation_value=0,
            accessory_value=0,
            insurance_value=0,
            commercial=False,
            process_bank_suggested_conditions=suggestions,
            lead={"cpf_cnpj": "52998224725"},
            vehicle={"manufacture_year": 2024, "model_year": 2025, "zero_km": False, "licensing_uf": "SP"},
            banks=("341",),
        )
        conditions = [
            Condition(100 + 3 * n, OFFSETS_PER_ORIGINAL * n, "341", term, down_payment, simulation.created_at)
            for n, term in enumerate(terms)
        ]
        nobody = Purchase(None, {}, {})
        assert self.store.put_simulation(simulation, conditions, None, "", nobody, self.clock.now())
        self.queue.send(condition_messages(IDENTITY, conditions))

    async def deliver(self, messages: Sequence[dict[str, Any]], attempt: int = 1) -> dict[str, int]:
        # moto is not safe between threads: the calls of a batch take turns.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=1))
        tasks = [Task(str(n), ConditionQueued(**message), attempt) for n, message in enumerate(messages)]
        return await self.processor().process(tasks)

    async def drain(self) -> None:
        """Deliver until the queue is empty, as SQS would without faults."""
        while messages := self.queue.take():
            assert await self.deliver(messages) == {}

    def read(self) -> StoredSimulation:
        found = self.store.find_simulation(IDENTITY)
        assert found
        return found

    def states(self) -> list[ConditionState]:
        return [condition.state for condition in self.read().conditions]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    clients.open_client.cache_clear()
    with mock_aws():
        boto3.client("dynamodb").create_table(
            TableName="lastro",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "open_pk", "open_sk")
            ],
            KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "open",
                    "KeySchema": [
                        {"AttributeName": "open_pk", "KeyType": "HASH"},
                        {"AttributeName": "open_sk", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "KEYS_ONLY"},
                }
            ],
        )
        yield Stage(SimulationStore(Table("lastro")), MemoryQueue(), MovableClock(), ScriptedBank(), [])
    clients.open_client.cache_clear()


async def test_originals_and_suggestions_end_and_the_simulation_closes_once(stage: Stage) -> None:
    stage.bank.minimum, stage.bank.suggested = 200_000, 400_000
    stage.post(12, 48)
    await stage.drain()
    found = stage.read()
    assert [(c.down_payment, c.state) for c in found.conditions] == [
        (100_000, ConditionState.REJECTED),
        (200_000, ConditionState.AVAILABLE),
        (400_000, ConditionState.AVAILABLE),
    ] * 2
    assert found.simulation.success is True
    assert found.simulation.finished_at == max(c.ended_at or "" for c in found.conditions)
    assert stage.bank.pre_approved == 1
    assert len(stage.bank.effects) == 6
    assert stage.sweep() == {"simulations": 0, "requeued": 0, "expired": 0, "closed": 0}


async def test_a_refusal_in_pre_analysis_ends_everything_without_asking_for_prices(stage: Stage) -> None:
    stage.bank.approves, stage.bank.minimum = False, 200_000
    stage.post(12, 24, 36)
    await stage.drain()
    assert {(c.reason, c.pre_approval_status, c.state) for c in stage.read().conditions} == {
        ("pre_approval_refused", 2, ConditionState.REJECTED)
    }
    assert (stage.bank.pre_approved, stage.bank.priced) == (1, 0)
    assert stage.read().simulation.finished_at


async def test_the_same_message_twice_changes_nothing(stage: Stage) -> None:
    stage.bank.minimum = 200_000
    stage.post(12)
    messages = stage.queue.take()
    await stage.deliver([*messages, *messages])
    before = stage.read()
    again = stage.queue.take()
    await stage.deliver(messages, attempt=2)
    assert stage.read().conditions == before.conditions
    await stage.deliver([*again, *again, *stage.queue.take()])
    assert len(stage.bank.effects) == 2
    assert stage.read().simulation.finished_at


async def test_messages_in_reverse_order_give_the_same_end(stage: Stage) -> None:
    stage.bank.minimum, stage.bank.suggested = 200_000, 400_000
    stage.post(12, 24, 36)
    while messages := stage.queue.take():
        for message in reversed(messages):
            await stage.deliver([message])
    assert len(stage.read().conditions) == 9
    assert stage.read().simulation.finished_at


async def test_an_unstable_bank_is_tried_again_within_seconds_and_then_given_up(stage: Stage) -> None:
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE) for _ in range(9)]
    stage.post(12)
    messages = stage.queue.take()
    delays = []
    for attempt in range(1, 6):
        delays.append(await stage.deliver(messages, attempt))
        stage.clock.advance(timedelta(seconds=6))
    assert delays == [{"0": 1}, {"0": 2}, {"0": 3}, {"0": 4}, {}]
    (condition,) = stage.read().conditions
    assert (condition.state, condition.reason) == (ConditionState.FAILED, "bank_unavailable")
    assert stage.read().simulation.success is False


async def test_a_bank_that_comes_back_is_asked_again(stage: Stage) -> None:
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE)] * 2
    stage.post(12)
    messages = stage.queue.take()
    for attempt in (1, 2, 3):
        await stage.deliver(messages, attempt)
    assert stage.states() == [ConditionState.AVAILABLE]
    assert len(stage.bank.effects) == 1


async def test_a_lost_answer_is_looked_up_before_asking_again(stage: Stage) -> None:
    stage.bank.faults = [Unknown("no answer", code=Reason.BANK_TIMEOUT)]
    stage.post(12)
    await stage.drain()
    assert stage.states() == [ConditionState.AVAILABLE]
    assert (stage.bank.priced, stage.bank.looked_up, len(stage.bank.effects)) == (1, 1, 1)


async def test_what_never_succeeds_ends_at_once(stage: Stage) -> None:
    stage.bank.faults = [Permanent("401", code=Reason.INVALID_CREDENTIALS)]
    stage.post(12)
    await stage.drain()
    (condition,) = stage.read().conditions
    assert (condition.state, condition.reason) == (ConditionState.FAILED, "invalid_bank_credentials")
    assert stage.banks.forgotten == 1


async def test_one_condition_failing_leaves_the_others_alone(stage: Stage) -> None:
    stage.bank.faults = [Permanent("422", code=Reason.BANK_VALIDATION), ZeroDivisionError()]
    stage.post(12, 24, 36)
    messages = stage.queue.take()
    again = await stage.deliver(messages)
    assert len(again) == 1
    assert sorted(stage.states()) == ["available", "failed", "pending"]
    assert stage.events == ["condition crashed"]
    await stage.deliver([messages[int(name)] for name in again], attempt=2)
    assert sorted(stage.states()) == ["available", "available", "failed"]
    assert stage.read().simulation.finished_at


async def test_our_own_fault_ends_the_condition_when_no_attempt_is_left(stage: Stage) -> None:
    stage.bank.faults = [ZeroDivisionError()]
    stage.post(12)
    assert await stage.deliver(stage.queue.take(), attempt=5) == {}
    (condition,) = stage.read().conditions
    assert (condition.state, condition.reason) == (ConditionState.FAILED, "internal_error")


async def test_a_failing_bank_is_left_alone_until_one_caller_probed_it(stage: Stage) -> None:
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE)] * 10
    stage.post(*range(12, 22))
    messages = stage.queue.take()
    assert len(await stage.deliver(messages)) == 10
    asked = stage.bank.priced
    assert len(await stage.deliver(messages, attempt=2)) == 10
    assert stage.bank.priced == asked
    stage.clock.advance(timedelta(seconds=6))
    waiting = await stage.deliver(messages, attempt=3)
    assert stage.bank.priced == asked + 1
    assert len(waiting) == 9
    await stage.deliver([messages[int(name)] for name in waiting], attempt=4)
    assert stage.states() == [ConditionState.AVAILABLE] * 10


async def test_the_sweep_requeues_what_nobody_finished_and_closes_what_is_due(stage: Stage) -> None:
    stage.bank.minimum = 200_000
    stage.post(12, 24)
    lost = stage.queue.take()
    assert stage.sweep()["requeued"] == 0
    stage.clock.advance(GRACE)
    assert stage.sweep() == {"simulations": 1, "requeued": 2, "expired": 0, "closed": 0}
    requeued = stage.queue.take()
    assert all(message["repeated"] for message in requeued)
    await stage.deliver([*requeued, *lost])
    await stage.drain()
    assert len(stage.bank.effects) == 4
    assert stage.read().simulation.finished_at


async def test_a_result_stored_without_its_registration_is_closed_by_the_sweep(stage: Stage) -> None:
    stage.post(12)
    message = stage.queue.take()
    found = stage.read()
    ended, _ = end_condition(found.simulation, found.conditions[0], Verdict(), stage.clock.now())
    assert stage.store.end_condition(IDENTITY, ended, ())  # and here the process dies
    stage.clock.advance(GRACE)
    assert stage.sweep() == {"simulations": 1, "requeued": 0, "expired": 0, "closed": 1}
    assert stage.read().simulation.finished_at == ended.ended_at
    await stage.deliver(message, attempt=2)
    assert stage.bank.priced == 0


async def test_conditions_generated_by_a_process_that_died_are_queued_again(stage: Stage) -> None:
    stage.post(12)
    message = stage.queue.take()
    found = stage.read()
    verdict = Verdict(minimum=200_000, pre_approval_status=PreApprovalStatus.APPROVED)
    ended, generated = end_condition(found.simulation, found.conditions[0], verdict, stage.clock.now())
    assert stage.store.end_condition(IDENTITY, ended, generated)  # and here the process dies
    await stage.deliver(message, attempt=2)
    assert [sent["offset"] for sent in stage.queue.sent] == [1]
    await stage.drain()
    assert stage.states() == [ConditionState.REJECTED, ConditionState.AVAILABLE]
    assert stage.read().simulation.finished_at


async def test_nothing_stays_open_past_the_deadline(stage: Stage) -> None:
    stage.post(12, 24)
    stage.queue.take()
    stage.clock.advance(DEADLINE)
    assert stage.sweep() == {"simulations": 1, "requeued": 0, "expired": 2, "closed": 1}
    assert {condition.reason for condition in stage.read().conditions} == {"internal_error"}
    assert stage.read().simulation.success is False
    assert stage.sweep()["simulations"] == 0


async def test_messages_added_together_leave_ten_a_request() -> None:
    queue = MemoryQueue()
    outbox = Outbox(queue)
    await asyncio.gather(*(outbox.add([{"n": n}, {"n": n}]) for n in range(11)))
    assert len(queue.sent) == 22
    assert queue.requests == 3
