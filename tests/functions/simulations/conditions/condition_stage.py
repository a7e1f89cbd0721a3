"""A simulation at one scripted bank, with a queue in memory and everything that works on both."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lastro.aws.secrets import Secrets
from lastro.kernel.banks import credential_name
from lastro.kernel.errors import Unknown
from lastro.simulations.completion.announcing import Announcer
from lastro.simulations.conditions.bank_directory import StoreBanks
from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.messages import ConditionQueued, condition_messages
from lastro.simulations.conditions.worker import RETRIES, ConditionWorker
from lastro.simulations.model import OFFSETS_PER_ORIGINAL, Condition, ConditionState, Simulation
from lastro.simulations.ports import BankAnswer, Expense, Offer, OfferRequest, PreApprovalRequest
from lastro.simulations.records import StoredSimulation
from lastro.simulations.store import SimulationStore
from lastro.simulations.sweep import SimulationSweep
from tests.clock import MovableClock
from tests.deliveries import deliver, noting
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.memory_queue import MemoryQueue

IDENTITY = "4be0643f-1d98-573b-97cd-ca98a65347dd"


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
class Stage:
    """A simulation of ``terms`` at one bank, its queue and everything that works on it."""

    store: SimulationStore
    queue: MemoryQueue
    clock: MovableClock
    bank: ScriptedBank
    events: list[str]

    def __post_init__(self) -> None:
        self.opened = 0
        self.dispatch = ConditionDispatch(lambda bank: self.queue)
        secrets = Secrets(SECRETS_PREFIX)
        secrets.store(credential_name(1, self.bank.code), {"api_key": "exemplo"})
        self.banks = StoreBanks(secrets, self._open)
        self.notices = MemoryQueue()

    def _open(self, code: str, credentials: Mapping[str, str]) -> ScriptedBank:
        self.opened += 1
        return self.bank

    def worker(self) -> ConditionWorker:
        """A fresh process: nothing remembered but what is stored."""
        return ConditionWorker(
            self.store,
            self.dispatch,
            self.banks,
            self.clock,
            Announcer(self.store, self.notices),
        )

    def sweep(self) -> dict[str, int]:
        sweep = SimulationSweep(
            self.store,
            self.dispatch,
            self.clock,
            Announcer(self.store, self.notices),
        )
        return sweep.run(date(2026, 3, 2))

    def post(self, *terms: int, down_payment: int = 100_000, suggestions: bool = True) -> None:
        simulation = Simulation(
            id=IDENTITY,
            partner_id="p",
            store_id=1,
            first_id=100,
            created_at=self.clock.now(),
            release_date=date(2026, 3, 2),
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
        assert self.store.put_simulation(simulation, conditions, None)
        self.queue.send(condition_messages(simulation, conditions))

    async def deliver(self, messages: Sequence[dict[str, Any]], attempt: int = 1) -> dict[str, int]:
        # moto is not safe between threads: the calls of a batch take turns.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=1))
        queued = [ConditionQueued(**message) for message in messages]
        with noting(self.events):
            return await deliver(self.worker().process, RETRIES, *queued, attempt=attempt)

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
