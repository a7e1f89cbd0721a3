"""A branch's collection in process: what is owed, its queue, its sweep, and a clock that tests move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lastro.aws.dynamodb.keys.negativations import BOLETO_SHARDS
from lastro.aws.dynamodb.table import Table
from lastro.bureaus.wiring import open_automatic_listings
from lastro.kernel.documents import Cpf
from lastro.kernel.queues.delivery import Delivery, Done
from lastro.negativations.boletos.model import Boleto
from lastro.negativations.boletos.store import BoletoStore
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.model import Action, Figures, Parameters, RunKey, Step
from lastro.negativations.collection.runs.starting import CollectionStart
from lastro.negativations.collection.runs.store import RunStore
from lastro.negativations.collection.runs.sweep import CollectionSweep
from lastro.negativations.collection.runs.walking import CollectionWalk
from lastro.negativations.collection.runs.worker import CollectionWorker
from lastro.negativations.collection.store import ParametersStore
from lastro.negativations.debtors.model import Debtor
from lastro.negativations.debtors.store import DebtorStore
from lastro.negativations.identity import boleto_id_of, debtor_id_of
from lastro.negativations.wiring import wait_for
from tests.clock import MovableClock
from tests.memory_queue import MemoryQueue

PARTNER, BRANCH = "2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", 7
DAY = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUN = RunKey(PARTNER, BRANCH, DAY)
REMIND, LIST = Step(1, 5, Action.REMIND), Step(5, 45, Action.NOTARY)


@dataclass
class Agency:
    """A branch's collection with everything that it touches."""

    table: Table
    clock: MovableClock = field(default_factory=MovableClock)
    queue: MemoryQueue = field(default_factory=MemoryQueue)
    asked: list[str] = field(default_factory=list)
    answer: Callable[[Boleto], None] = lambda _: None

    def __post_init__(self) -> None:
        self.boletos, self.debtors = BoletoStore(self.table), DebtorStore(self.table)
        self.parameters, self.runs = ParametersStore(self.table), RunStore(self.table)
        walk = CollectionWalk(self.parameters, self.runs, self.queue, self.clock, most_queued=3)
        self.worker = CollectionWorker(
            walk, self.parameters, self.runs, self.boletos, self.debtors, self.ask, self.clock
        )
        self.sweep = CollectionSweep(self.runs, self.queue, self.clock)
        self.start = CollectionStart(
            self.parameters,
            self.runs,
            open_automatic_listings(),
            self.queue,
            self.clock,
            BOLETO_SHARDS,
            wait_for,
        )

    def ask(self, boleto: Boleto, run: RunKey) -> None:
        self.asked.append(boleto.id)
        self.answer(boleto)

    def configure(self, *steps: Step) -> None:
        parameters = Parameters(PARTNER, BRANCH, enabled=True, steps=steps, updated_at=MOMENT, listing_cost_cents=350)
        before = self.parameters.find(PARTNER, BRANCH)
        assert self.parameters.put(replace(parameters, version=before.version + 1) if before else parameters)

    def owe(self, number: int, days: int, **changes: Any) -> Boleto:
        debtor_id = debtor_id_of(PARTNER, f"{number % 5}")
        debtor = Debtor(debtor_id, PARTNER, Cpf("52998224725"), "Ana Exemplo", MOMENT, MOMENT)
        self.debtors.add(debtor)
        own = f"{number:03d}"
        boleto = Boleto(
            boleto_id_of(PARTNER, own),
            PARTNER,
            own,
            debtor_id,
            BRANCH,
            DAY - timedelta(days=days),
            10_000,
            MOMENT,
            MOMENT,
        )
        boleto = replace(boleto, **changes)
        assert self.boletos.add(boleto)
        return boleto

    def deliver(self) -> None:
        """Deliver everything until nothing comes any more."""
        while waiting := self.queue.take():
            for body in waiting:
                self.deliver_one(body)

    def deliver_one(self, body: object) -> None:
        message = CollectionMessage.model_validate(body)
        assert self.worker.process(Delivery("1", message)) == Done()

    def run(self) -> Figures:
        self.start.run(DAY)
        self.deliver()
        self.sweep.run(DAY)
        return self.runs.add_up(RUN)
