"""Disbursement over the table: exactly one payout a contract, whatever crashes and however often it is delivered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.origination.disbursements.model import ROW, SETTLING, PayoutStatus
from lastro.origination.disbursements.ports import PayoutAnswer, PayoutRequest
from lastro.origination.disbursements.worker import RETRIES
from lastro.origination.processes.model import Step, StepName
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.processes.store import OriginationStore
from lastro.vendors.payer.client import HttpPayer
from tests.clock import MovableClock
from tests.deliveries import deliver, noting
from tests.domain.origination.credit_samples import CSN, NOW, TERMS
from tests.domain.origination.payouts.payout_worker import ProcessKilled, message_of, open_worker
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.invocation import load_function, sample_event
from tests.functions.origination.processes.credits import BANK, put_credit

CONFIRMED = PayoutAnswer(PayoutStatus.CONFIRMED, "P-1")


@dataclass
class ScriptedPayer:
    """Keeps what it did by key; ``answers`` are given in turn, the last one for ever."""

    answers: list[PayoutAnswer | Exception] = field(default_factory=lambda: [CONFIRMED])
    effects: dict[str, PayoutAnswer] = field(default_factory=dict)
    sent: int = 0
    before: Callable[[str], None] = lambda what: None

    async def send(self, request: PayoutRequest) -> PayoutAnswer:
        self.before("send")
        self.sent += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Unknown):
            self.effects.setdefault(request.key, CONFIRMED)
        if isinstance(answer, Exception):
            raise answer
        found = self.effects.setdefault(request.key, answer)
        self.before("sent")
        return found

    async def find(self, key: str) -> PayoutAnswer | None:
        self.before("find")
        return self.effects.get(key)


@dataclass
class Desk:
    store: OriginationStore
    payer: ScriptedPayer
    clock: MovableClock
    reports: list[str] = field(default_factory=list)

    def put(self, status: CreditStatus = CreditStatus.CONTRACTED) -> Step:
        _, (step,) = put_credit(self.store, "partner", status, (StepName.DISBURSE,))
        return step

    def deliver(self, step: Step, attempt: int = 1, store: Any = None) -> dict[str, int]:
        return asyncio.run(self.work(store or self.store, self.payer, step, attempt))

    async def work(self, store: Any, payer: Any, step: Step, attempt: int = 1) -> dict[str, int]:
        """Deliver a step to a process of its own."""
        worker = open_worker(store, payer, self.clock)
        with noting(self.reports):
            return await deliver(worker.process, RETRIES, message_of(step), attempt=attempt)

    @property
    def status(self) -> CreditStatus:
        found = self.store.find_credit(CSN)
        assert found
        return found.credit.status

    @property
    def open_steps(self) -> list[Step]:
        found = self.store.find_credit(CSN)
        assert found
        return [step for step in found.steps if step.name is StepName.DISBURSE]


@pytest.fixture
def desk(table: Table) -> Desk:
    return Desk(OriginationStore(table), ScriptedPayer(), MovableClock(NOW))


def test_a_signed_contract_is_paid_once_and_watched(desk: Desk) -> None:
    step = desk.put()
    assert desk.deliver(step) == {}
    assert desk.status is CreditStatus.DISBURSED
    assert desk.deliver(step, attempt=2) == {}
    assert len(desk.payer.effects) == desk.payer.sent == 1
    (watch,) = desk.open_steps
    assert watch.payload == {"number": 1, "watch": 0}


def test_watching_ends_after_a_day(desk: Desk) -> None:
    desk.deliver(desk.put())
    for _ in range(6):
        (watch,) = desk.open_steps
        desk.deliver(watch)
    assert desk.open_steps == []
    assert desk.status is CreditStatus.DISBURSED
    assert desk.payer.sent == 1


def test_returned_money_is_an_estorno(desk: Desk) -> None:
    desk.deliver(desk.put())
    (key,) = desk.payer.effects
    desk.payer.effects[key] = PayoutAnswer(PayoutStatus.RETURNED, "P-1", "ACCOUNT_CLOSED")
    (watch,) = desk.open_steps
    desk.deliver(watch)
    assert desk.status is CreditStatus.RETURNED
    assert desk.open_steps == []


def test_a_slow_payout_is_looked_at_again_and_not_sent_again(desk: Desk) -> None:
    desk.payer.answers = [PayoutAnswer(PayoutStatus.SENT, "P-1")]
    desk.deliver(desk.put())
    assert desk.status == "CONTRATADO"
    (key,) = desk.payer.effects
    (waiting,) = desk.open_steps
    assert waiting.due_at > NOW
    desk.payer.effects[key] = CONFIRMED
    desk.deliver(waiting)
    assert desk.status is CreditStatus.DISBURSED
    assert desk.payer.sent == 1


@pytest.mark.parametrize("answer", [PayoutAnswer(PayoutStatus.REFUSED, "P-1", "ACCOUNT_CLOSED"), Permanent("no")])
def test_a_refused_payout_leaves_the_credit_pending(desk: Desk, answer: PayoutAnswer | Exception) -> None:
    desk.payer.answers = [answer]
    desk.deliver(desk.put())
    assert desk.status is CreditStatus.PENDING
    (watch,) = desk.open_steps
    assert watch.payload == {"number": 1, "watch": 0}


def test_a_refused_payout_is_watched_for_a_late_success(desk: Desk) -> None:
    desk.payer.answers = [PayoutAnswer(PayoutStatus.REFUSED, "P-1", "ACCOUNT_CLOSED")]
    desk.deliver(desk.put())
    (key,) = desk.payer.effects
    desk.payer.effects[key] = CONFIRMED
    (watch,) = desk.open_steps
    desk.deliver(watch)
    assert desk.status is CreditStatus.DISBURSED
    assert desk.reports == ["a refused payout went through"]
    stored = desk.store.find_credit(CSN)
    assert stored
    assert [entry.event for entry in stored.history] == ["created", "payout_refused", "disbursed"]
    assert stored.credit.reasons == ()


@pytest.mark.parametrize(
    ("found", "status"), [(PayoutStatus.SENT, CreditStatus.CONTRACTED), (PayoutStatus.RETURNED, CreditStatus.RETURNED)]
)
def test_a_refused_payout_may_go_on_or_come_back(desk: Desk, found: PayoutStatus, status: CreditStatus) -> None:
    desk.payer.answers = [PayoutAnswer(PayoutStatus.REFUSED, "P-1", "ACCOUNT_CLOSED")]
    desk.deliver(desk.put())
    (key,) = desk.payer.effects
    desk.payer.effects[key] = PayoutAnswer(found, "P-1")
    (watch,) = desk.open_steps
    desk.deliver(watch)
    assert desk.status is status
    assert len(desk.open_steps) == (found is PayoutStatus.SENT)


def test_a_lost_answer_is_looked_up(desk: Desk) -> None:
    desk.payer.answers = [Unknown("no answer")]
    desk.deliver(desk.put())
    assert desk.status is CreditStatus.DISBURSED
    assert (desk.payer.sent, len(desk.payer.effects)) == (1, 1)


def test_an_unstable_payer_is_asked_again_and_then_left_to_the_sweep(desk: Desk) -> None:
    desk.payer.answers = [Retryable("503", code="payer_unavailable")]
    step = desk.put()
    assert [desk.deliver(step, attempt) for attempt in range(1, 6)] == [{"0": wait} for wait in (1, 2, 3, 4, 5)]
    assert desk.deliver(step, 6) == {}
    assert desk.reports == ["message retried"] * 5 + ["payout not settled"]
    (waiting,) = desk.open_steps
    desk.payer.answers = [CONFIRMED]
    desk.deliver(waiting)
    assert desk.status is CreditStatus.DISBURSED


def test_no_money_leaves_before_the_release_date(desk: Desk) -> None:
    """However the step came to be delivered early: released on 6 November, São Paulo's."""
    terms = replace(TERMS, release_date=date(2026, 11, 6))
    _, (step,) = put_credit(desk.store, "partner", CreditStatus.CONTRACTED, (StepName.DISBURSE,), terms=terms)
    for moment in (NOW, datetime(2026, 11, 6, 2, 59, 59, 999_000, tzinfo=UTC)):
        desk.clock.moment = moment
        assert desk.deliver(step) == {}
        assert (desk.payer.sent, desk.status) == (0, "CONTRATADO")
        (waiting,) = desk.open_steps
        assert waiting.due_at == datetime(2026, 11, 6, 3, tzinfo=UTC)
    desk.clock.moment = datetime(2026, 11, 6, 3, tzinfo=UTC)
    desk.deliver(waiting)
    assert (desk.payer.sent, desk.status) == (1, CreditStatus.DISBURSED)


@pytest.mark.parametrize("status", [CreditStatus.EXPIRED, CreditStatus.RETURNED, CreditStatus.OPERATIONAL_ANALYSIS])
def test_only_a_signed_contract_is_paid(desk: Desk, status: CreditStatus) -> None:
    desk.deliver(desk.put(status))
    assert desk.payer.sent == 0
    assert desk.open_steps == []


class DyingStore:
    """A store whose process dies before or after its ``at``-th commit."""

    def __init__(self, store: OriginationStore, at: int, *, after: bool) -> None:
        self._store, self._at, self._after, self._commits = store, at, after, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, change: Any) -> bool:
        self._commits += 1
        if self._commits == self._at and not self._after:
            raise ProcessKilled
        done = self._store.commit(change)
        if self._commits == self._at:
            raise ProcessKilled
        return done


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_process_that_dies_around_a_commit_pays_once(desk: Desk, at: int, after: bool) -> None:
    step = desk.put()
    with pytest.raises(ProcessKilled):
        desk.deliver(step, store=DyingStore(desk.store, at, after=after))
    desk.deliver(step, attempt=2)
    desk.clock.moment += SETTLING
    desk.deliver(step, attempt=2)
    assert desk.status is CreditStatus.DISBURSED
    assert (len(desk.payer.effects), desk.payer.sent) == (1, 1)


@pytest.mark.parametrize("where", ["send", "sent"])
def test_a_process_that_dies_around_the_payer_pays_once(desk: Desk, where: str) -> None:
    step = desk.put()

    def die(what: str) -> None:
        if what == where:
            raise ProcessKilled

    desk.payer.before = die
    with pytest.raises(ProcessKilled):
        desk.deliver(step)
    desk.payer.before = lambda what: None
    desk.deliver(step, attempt=2)
    # Whether it left is not known: it is sent once the payer had time to list it.
    assert desk.payer.sent == (where == "sent")
    desk.clock.moment += SETTLING
    desk.deliver(step, attempt=2)
    assert desk.status is CreditStatus.DISBURSED
    assert (len(desk.payer.effects), desk.payer.sent) == (1, 1)


def test_the_function_pays_over_http(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The consumer with its real payer, whose HTTP is answered here."""
    asked: list[httpx.Request] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(201, json={"id": "P-1", "status": "SETTLED", "reason_code": None})

    queue = open_client("sqs").create_queue(QueueName="steps")["QueueUrl"]
    for name in ("LASTRO_DISBURSEMENTS_QUEUE_URL", "LASTRO_NOTICES_QUEUE_URL"):
        monkeypatch.setenv(name, queue)
    monkeypatch.setenv("LASTRO_PAYOUTS_URL", "https://payer.example.com")
    monkeypatch.setattr(
        "lastro.vendors.kit.http.open_http", lambda **_: httpx.AsyncClient(transport=httpx.MockTransport(answer))
    )
    Secrets(SECRETS_PREFIX).store("payer", {"api_key": "payer-key"})
    store = OriginationStore(table)
    put_credit(store, "partner", CreditStatus.CONTRACTED, (StepName.DISBURSE,))
    found = store.find_credit(CSN)
    assert found
    event = sample_event("origination", "disburse")
    body = json.loads(event["Records"][0]["body"]) | {"step_id": found.steps[0].id}
    event["Records"][0]["body"] = json.dumps(body)
    assert load_function("origination", "disburse").handler(event, None) == {"batchItemFailures": []}
    after = store.find_credit(CSN)
    assert after
    assert after.credit.status is CreditStatus.DISBURSED
    assert after.rows[ROW]["reference"] == "P-1"
    (request,) = asked
    assert request.headers["x-api-key"] == "payer-key"
    assert json.loads(request.content)["amount_cents"] == 10_000_00
    assert "52998224725" not in str(request.url)


def test_a_payer_that_forgets_is_not_asked_to_pay_again(desk: Desk) -> None:
    desk.payer.answers = [PayoutAnswer(PayoutStatus.SENT, "P-1")]
    desk.deliver(desk.put())
    desk.payer.effects.clear()
    (waiting,) = desk.open_steps
    assert desk.deliver(waiting, 6) == {}
    assert (desk.status, desk.payer.sent) == (CreditStatus.CONTRACTED, 1)
    assert desk.reports == ["payout not settled"]


def test_a_confirmed_payout_that_the_payer_forgot_stays_confirmed(desk: Desk) -> None:
    desk.deliver(desk.put())
    desk.payer.effects.clear()
    (watch,) = desk.open_steps
    desk.deliver(watch)
    assert (desk.status, desk.payer.sent) == (CreditStatus.DISBURSED, 1)


def test_two_deliveries_at_once_pay_once(desk: Desk) -> None:
    step = desk.put()

    async def both() -> None:
        again = await asyncio.gather(*(desk.work(desk.store, desk.payer, step) for _ in range(2)))
        for _ in filter(None, again):
            await desk.work(desk.store, desk.payer, step, attempt=2)

    asyncio.run(both())
    assert desk.status is CreditStatus.DISBURSED
    assert len(desk.payer.effects) == 1


def test_a_pix_key_in_the_proposal_is_where_the_money_goes(desk: Desk) -> None:
    borrower = {"signup": {}, "proposal": {"bank": BANK, "pix_key": "ana@example.com"}}
    _, (step,) = put_credit(desk.store, "partner", CreditStatus.CONTRACTED, (StepName.DISBURSE,), borrower=borrower)
    desk.deliver(step)
    stored = desk.store.find_credit(CSN)
    assert stored
    assert stored.rows[ROW]["account"]["pix_key"] == "ana@example.com"
    assert stored.rows[ROW]["account"]["method"] == "PIX"


# over HTTP, as real payers answer -------------------------------------------------------------------------------------


@dataclass
class SlowPayer:
    """Takes a payout, answers late or never, lists it when it is done, and says meanwhile that the key is in use."""

    paid: list[str] = field(default_factory=list)
    under_way: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    seconds: float = 0.0
    answers: bool = True

    async def respond(self, request: httpx.Request) -> httpx.Response:
        settled = {"id": "P", "status": "SETTLED", "reason_code": None}
        key = request.headers.get("idempotency-key") or request.url.path.rsplit("/", 1)[-1]
        if key in self.listed:
            return httpx.Response(200, json=settled)
        if request.method == "GET":
            return httpx.Response(404, json={"error": "NOT_FOUND"})
        if key in self.under_way:
            return httpx.Response(409, json={"error": "IDEMPOTENCY_KEY_IN_USE"})
        self.under_way.add(key)
        self.paid.append(key)
        await asyncio.sleep(self.seconds)
        if not self.answers:
            raise httpx.ReadTimeout("no answer", request=request)
        self.listed.add(key)
        return httpx.Response(201, json=settled)

    async def work(self, desk: Desk, step: Step, attempt: int) -> dict[str, int]:
        http = httpx.AsyncClient(transport=httpx.MockTransport(self.respond))
        payer = HttpPayer(url="https://payer.example.com", read_key=lambda: "k", http=http)
        return await desk.work(desk.store, payer, step, attempt)


def test_the_same_message_delivered_while_the_payer_works_pays_once(desk: Desk) -> None:
    step, payer = desk.put(), SlowPayer(seconds=0.3)

    async def both() -> None:
        first = asyncio.create_task(payer.work(desk, step, 1))
        while not payer.under_way:
            await asyncio.sleep(0)
        await payer.work(desk, step, 2)
        assert desk.status is CreditStatus.CONTRACTED
        for delay in (await first).values():
            assert delay
            await payer.work(desk, step, 2)

    asyncio.run(both())
    assert (desk.status, len(payer.paid)) == (CreditStatus.DISBURSED, 1)


def test_a_key_in_use_is_no_refusal(desk: Desk) -> None:
    """The first request times out, the look-up finds nothing, the key is in use, and then the payout is there."""
    step, payer = desk.put(), SlowPayer(answers=False)
    for attempt in (1, 2, 6):
        asyncio.run(payer.work(desk, step, attempt))
    desk.clock.moment += SETTLING
    asyncio.run(payer.work(desk, step, 6))
    assert desk.status is CreditStatus.CONTRACTED
    payer.listed |= payer.under_way
    asyncio.run(payer.work(desk, step, 6))
    assert (desk.status, len(payer.paid)) == (CreditStatus.DISBURSED, 1)
