"""A store and a payer in memory, with a clock that both obey."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from lastro.kernel.callers.caller import Caller
from lastro.kernel.errors import Conflict, Permanent, Retryable, Unknown
from lastro.origination.disbursements.model import SETTLING, PayoutStatus
from lastro.origination.disbursements.ports import Holder, PayoutAnswer, PayoutRequest
from lastro.origination.disbursements.requests import RetryDisbursement
from lastro.origination.disbursements.usecases import Disbursements
from lastro.origination.disbursements.worker import RETRIES
from lastro.origination.processes.changes import ABSENT, Change, StoredCredit
from lastro.origination.processes.model import Step, StepName
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.processes.steps import owe
from tests.clock import MovableClock
from tests.deliveries import deliver, noting
from tests.domain.origination.credit_samples import CSN, NOW, sample_credit
from tests.domain.origination.payouts.payout_worker import message_of, open_worker, quiet_dispatch

BANK = {"bank": "001", "agency": "0001", "account": "5647891", "type": "CONTA_CORRENTE_INDIVIDUAL"}


@dataclass
class MemoryStore:
    """One credit, changed as the table changes it: all of a change or nothing."""

    stored: StoredCredit
    before: Callable[[str], None] = lambda what: None

    def find_credit(self, csn: str) -> StoredCredit | None:
        return self.stored if csn == CSN else None

    def find_answer(self, keyed: Any, now: datetime) -> None:
        return None

    def commit(self, change: Change) -> bool:
        self.before("commit")
        stored = self.stored
        steps = {step.id: step for step in stored.steps}
        if not all(step.id in steps for step in (*change.done, *change.postponed)):
            return False
        if any(credit.version != stored.credit.version + 1 for credit, _ in change.credits):
            return False
        rows = dict(stored.rows)
        if not all(_holds(rows.get(put.row.name), put.where) for put in change.rows):
            return False
        for step in (*change.steps, *change.postponed):
            if step.owner == stored.credit.owner:
                steps[step.id] = step
        for step in change.done:
            del steps[step.id]
        rows |= {put.row.name: put.row.fields for put in change.rows}
        credit = change.credits[0][0] if change.credits else stored.credit
        history = (*stored.history, *(entry for _, entry in change.credits))
        self.stored = StoredCredit(credit, history, tuple(steps.values()), rows)
        self.before("committed")
        return True


def _holds(row: Mapping[str, Any] | None, where: Any) -> bool:
    if where is None:
        return True
    if where == ABSENT:
        return row is None
    return row is not None and all(row.get(name, ABSENT) == value for name, value in where.items())


@dataclass(frozen=True)
class Plan:
    """What a payer does with a payout: how it answers, when it lists it, what becomes of it and when.

    ``answer``: ``told``, ``silent`` (taken, not told), ``lost`` (never arrived, not told), ``not_taken`` (said so) or
    ``no_connection``. ``end``: ``settled``, ``rejected``, ``late`` (rejected, then settled) or ``returned``.
    """

    answer: str = "told"
    end: str = "settled"
    listed_after: timedelta = timedelta(0)
    ends_after: timedelta = timedelta(0)
    turns_after: timedelta = timedelta(hours=2)


@dataclass
class Taken:
    plan: Plan
    at: datetime


@dataclass
class ModelPayer:
    """A payer as its contract describes it (docs/payer.md)."""

    clock: MovableClock
    plans: list[Plan]
    taken: dict[str, Taken] = field(default_factory=dict)
    first_sent: dict[str, datetime] = field(default_factory=dict)
    deaf: bool = False
    before: Callable[[str], None] = lambda what: None

    async def send(self, request: PayoutRequest) -> PayoutAnswer:
        self.before("send")
        key = request.key
        plan = self.plans.pop(0) if self.plans and key not in self.taken else Plan()
        if plan.answer == "no_connection" and key not in self.taken:
            raise Retryable("nobody listens")
        self.first_sent.setdefault(key, self.clock.now())
        if key in self.taken:
            if answer := self._listed(key):
                return answer
            raise Unknown("the key is in use")
        if plan.answer == "not_taken":
            raise Permanent("never taken", code="payer_validation")
        if plan.answer == "lost":
            raise Unknown("lost on the way")
        assert plan.listed_after < SETTLING
        self.taken[key] = Taken(plan, self.clock.now())
        self.before("sent")
        answer = self._listed(key)
        if plan.answer == "silent" or answer is None:
            raise Unknown("no answer")
        return answer

    async def find(self, key: str) -> PayoutAnswer | None:
        self.before("find")
        if self.deaf:
            raise Retryable("no answer")
        return self._listed(key) if key in self.taken else None

    def find_now(self, key: str) -> PayoutAnswer | None:
        return asyncio.run(self.find(key))

    def _listed(self, key: str) -> PayoutAnswer | None:
        taken = self.taken[key]
        if self.clock.now() < taken.at + taken.plan.listed_after:
            return None
        return PayoutAnswer(self.status(key), f"P-{key[:4]}")

    def status(self, key: str) -> PayoutStatus:
        plan, age = self.taken[key].plan, self.clock.now() - self.taken[key].at
        if age < plan.ends_after:
            return PayoutStatus.SENT
        turned = age >= plan.ends_after + plan.turns_after
        return {
            "settled": PayoutStatus.CONFIRMED,
            "rejected": PayoutStatus.REFUSED,
            "late": PayoutStatus.CONFIRMED if turned else PayoutStatus.REFUSED,
            "returned": PayoutStatus.RETURNED if turned else PayoutStatus.CONFIRMED,
        }[plan.end]

    def paid(self) -> list[str]:
        """Keys whose money went out by now, come back since or not."""
        gone = (PayoutStatus.CONFIRMED, PayoutStatus.RETURNED)
        return [key for key in self.taken if self.status(key) in gone]

    def went_out(self, key: str) -> datetime:
        """When the money of a paid payout went out."""
        taken = self.taken[key]
        late = taken.plan.turns_after if taken.plan.end == "late" else timedelta(0)
        return taken.at + taken.plan.ends_after + late


class PayoutWorld:
    """A signed credit whose disbursement is owed."""

    def __init__(self, *plans: Plan) -> None:
        self.clock = MovableClock(NOW)
        credit = sample_credit(CreditStatus.CONTRACTED, borrower={"signup": {}, "proposal": {"bank": BANK}})
        self.store = MemoryStore(StoredCredit(credit, steps=(owe(credit, StepName.DISBURSE, NOW),)))
        self.payer = ModelPayer(self.clock, list(plans))
        self.reports: list[str] = []

    @property
    def as_store(self) -> Any:
        """The store as far as disbursement needs one."""
        return self.store

    @property
    def status(self) -> CreditStatus:
        return self.store.stored.credit.status

    @property
    def steps(self) -> list[Step]:
        return [step for step in self.store.stored.steps if step.name is StepName.DISBURSE]

    def deliver(self, *steps: Step, attempt: int = 6) -> dict[str, int]:
        worker = open_worker(self.as_store, self.payer, self.clock)
        with noting(self.reports):
            return asyncio.run(deliver(worker.process, RETRIES, *map(message_of, steps), attempt=attempt))

    def sweep(self) -> None:
        """Deliver every due step."""
        now = self.clock.now()
        for step in [step for step in self.steps if step.due_at <= now]:
            self.deliver(step)

    def later(self, **delta: float) -> None:
        """Let time pass, sweeping."""
        self.clock.moment += timedelta(**delta)
        self.sweep()

    def retry(self, key: str = "ana@example.com") -> str:
        """The partner corrects the account; the code of the refusal, empty when it was taken."""
        service = Disbursements(
            self.as_store,
            quiet_dispatch(),
            self.clock,
            self.payer.find_now,
            lambda document, account: Holder.SAME,
        )
        request = RetryDisbursement.model_validate({"customerServiceNumber": CSN, "pixKey": key})
        try:
            service.retry(request, Caller("partner", (), None, "client-2"))
        except Conflict as error:
            return error.code
        return ""
