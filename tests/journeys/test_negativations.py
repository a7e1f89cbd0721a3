"""Negative listings on the local cloud: by hand and by the routine, told early, killed, and with the bureau away."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest

from lastro.aws.dynamodb.keys import negativations as keys
from lastro.kernel.calendar import format_moment, local_date
from lastro.kernel.documents import Cnpj, Cpf
from lastro.negativations.listings.statuses import Status
from sandbox.cloud.background import RunningCloud
from sandbox.demo.creditor import DAY, Creditor, Owed, spell_file
from tests.journeys.disturbance import client
from tests.journeys.documents import spell_documents
from tests.journeys.patience import LONGEST

pytestmark = pytest.mark.journey

CPFS = spell_documents(Cpf, "7777", 5)
# A cloud that is used again knows the branches of the runs before.
CNPJS = spell_documents(Cnpj, f"77C{os.getpid() % 10**6:06d}", 3)
NUMBERS = count(1)
ENDED = ("baixada", "expirada", "rascunho")

Listing = dict[str, Any]


@dataclass(frozen=True)
class Collector(Creditor):
    """A partner with a branch of its own, who looks into the bureau's ledger."""

    branch_id: int = 0

    def owe(self, number: int, due_on: date) -> list[Owed]:
        """Debts of as many people, each with a contract of its own."""
        return [Owed(next(CPFS), "Ana Exemplo", f"J{self.branch_id}-{next(NUMBERS)}", due_on) for _ in range(number)]

    def add_boletos(self, debts: list[Owed]) -> dict[str, str]:
        """Have them imported; ids of boletos by contract."""
        told = self.import_file(self.branch_id, spell_file(debts))
        assert (told["status"], told["created"]) == ("finished", len(debts)), told
        query = {"branch_id": str(self.branch_id), "per_page": "100"}
        rows = self.call("GET", "/api/v1/boletos", params=query)["data"]
        return {row["contract_number"]: row["id"] for row in rows}

    def script(self, **rule: Any) -> None:
        """How the bureau treats inclusions."""
        self.treat({"when": {"operation": "include"}, **rule})

    def treat(self, *rules: dict[str, Any]) -> None:
        self.sandbox("PUT", "/bureaus/serasa/script", {"rules": list(rules)})

    def read(self, listing_id: str) -> Listing:
        found: Listing = self.call("GET", f"/api/v1/negativations/{listing_id}")["data"]
        return found

    def sweep(self, business_date: date | None = None) -> None:
        super().sweep(business_date or local_date(datetime.now(UTC)))

    def wait_for(self, status: str, number: int, *, sweeping: bool = False) -> list[Listing]:
        """Until so many listings of the branch have a status, and no other has any other but an end."""

        def look() -> list[str]:
            if sweeping:
                self.sweep()
            return [each["status"] for each in self.listings(self.branch_id) if each["status"] not in ENDED]

        self.until(look, lambda seen: seen == [status] * number)
        return self.listings(self.branch_id, status=status)

    def wait_until(self, listing_id: str, status: str) -> Listing:
        return self.until(lambda: self.read(listing_id), lambda each: each["status"] == status)

    def outwait(self, listing_id: str, status: str) -> Listing:
        """Until a postponed listing has a status. Each of its waits is longer than the one before: it passes here."""
        table = client(self.cloud, "dynamodb")

        def look() -> Listing:
            _let_wait_pass(table, self.cloud.table, listing_id)
            self.sweep()
            return self.read(listing_id)

        return self.until(look, lambda each: each["status"] == status)

    def wait_for_event(self, listing_id: str, event: str) -> None:
        self.until(
            lambda: [line["event"] for line in self.read(listing_id)["history"]],
            lambda events: any(name.endswith(event) for name in events),
        )

    def check_acts(self) -> None:
        """Each act once at the bureau; what is paid is down, or its removal is asked for, or a person's task."""
        tasks = {row["negativation_id"]: row for row in self.deadlines()}
        query = {"branch_id": str(self.branch_id), "per_page": "100"}
        boletos = {row["id"]: row for row in self.call("GET", "/api/v1/boletos", params=query)["data"]}
        ledger = self.sandbox("GET", "/bureaus/serasa/ledger").json()["calls"]
        did = Counter((call["operation"], call["key"]) for call in ledger if call["outcome"] == "answered")
        for listing in self.listings(self.branch_id):
            assert did["include", listing["contract_number"]] <= 1, listing
            assert did["remove", listing["contract_number"]] <= 1, listing
            if boletos[listing["boleto_id"]]["status"] == "settled" and listing["status"] not in ENDED:
                assert listing["critical"], listing
                assert listing["removal"] or tasks[listing["id"]]["to_be_asked_for"], listing

    def deadlines(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("GET", "/api/v1/negativations/deadlines")["data"]
        return found


def _let_wait_pass(table: Any, name: str, listing_id: str) -> None:
    """As when a listing that was postponed comes due; one that is being asked for this moment stays as it is."""
    now, row = format_moment(datetime.now(UTC)), keys.listing(listing_id)
    with suppress(table.exceptions.ConditionalCheckFailedException):
        table.update_item(
            TableName=name,
            Key={"PK": {"S": row.pk}, "SK": {"S": row.sk}},
            UpdateExpression="SET look_at = :now, open_sk = :place",
            ConditionExpression="look_at > :now AND #status IN (:send, :remove)",
            ExpressionAttributeNames={"#status": "status"},
            ExpressionAttributeValues={
                ":now": {"S": now},
                ":place": {"S": f"{now}#{listing_id}"},
                ":send": {"S": Status.TO_SEND.value},
                ":remove": {"S": Status.TO_REMOVE.value},
            },
        )


@pytest.fixture
def today() -> date:
    return local_date(datetime.now(UTC))


@pytest.fixture
def collector(cloud: RunningCloud) -> Iterator[Collector]:
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:
        opened = Collector(cloud, api, LONGEST)
        opened.sandbox("DELETE", "/scripts")
        found = replace(opened, branch_id=opened.open_branch(next(CNPJS)))
        found.collect(found.branch_id)
        yield found
        found.sandbox("DELETE", "/scripts")
        found.check_acts()


AGAIN = "20"
"""Seconds: longer than a worker takes to start and to work on a busy machine, for what comes again meanwhile counts as
one more delivery, and eight make a dead letter.
"""


@contextmanager
def impatient(cloud: RunningCloud, *queues: str) -> Iterator[None]:
    """Queues that deliver again after seconds what was not finished, so that nobody waits for the usual minutes."""
    sqs = client(cloud, "sqs")
    before: dict[str, str] = {}
    for url in sqs.list_queues()["QueueUrls"]:
        name = url.rpartition("/")[2].lower()
        if any(each in name for each in queues) and "dead" not in name:
            told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
            before[url] = told["VisibilityTimeout"]
            sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": AGAIN})
    assert len(before) == len(queues), before
    try:
        yield
    finally:
        for url, seconds in before.items():
            sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": seconds})


def kill(cloud: RunningCloud, operation: str) -> int:
    """SIGKILL every worker of a function; how many there were."""
    victims = cloud.workers(operation)
    for victim in victims:
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
    return len(victims)


def test_by_hand_with_a_second_person(collector: Collector, today: date) -> None:
    [debt] = collector.owe(1, today - timedelta(days=60))
    boleto_id = collector.add_boletos([debt])[debt.number]
    settings = {"settings": {"approval_required": True}}
    collector.call("PUT", f"/api/v1/negativation_settings/{collector.branch_id}", settings)
    order = {"negativation": {"boleto_id": boleto_id, "requested_by": "ana.souza"}}
    with ThreadPoolExecutor(2) as pool:
        asked = list(pool.map(lambda _: collector.api.post("/api/v1/negativations", json=order), range(2)))
    assert sorted(answer.status_code for answer in asked) == [201, 409]
    [listing] = collector.listings(collector.branch_id)
    assert (listing["status"], listing["origin"]) == ("aguardando_aprovacao", "manual")
    assert collector.acts(debt.number) == []

    path = f"/api/v1/negativations/{listing['id']}/approval"
    own = collector.api.post(path, json={"approval": {"decision": "approve", "decided_by": "ana.souza"}})
    assert own.status_code == 403
    decisions = [{"approval": {"decision": "approve", "decided_by": name}} for name in ("bia.lima", "caio.reis")]
    with ThreadPoolExecutor(2) as pool:
        decided = list(pool.map(lambda body: collector.api.post(path, json=body), decisions))
    assert sorted(answer.status_code for answer in decided) == [201, 409]
    listing = collector.wait_until(listing["id"], "notificada")
    assert listing["listed_at"] is None

    collector.settle(boleto_id, debt.cents, today)
    listing = collector.until(lambda: collector.read(listing["id"]), lambda each: "paid" in each["concerns"])
    assert (listing["status"], listing["removal"]) == ("notificada", None)
    [task] = [row for row in collector.deadlines() if row["negativation_id"] == listing["id"]]
    assert (task["to_be_asked_for"], task["due_on"]) == (True, listing["removal_due_on"])
    removal = {"removal": {"reason": "01", "requested_by": "ana.souza"}}
    collector.call("POST", f"/api/v1/negativations/{listing['id']}/removal", removal)
    listing = collector.wait_until(listing["id"], "baixada")
    assert (listing["critical"], collector.acts(debt.number)) == (False, ["include", "remove"])


def test_by_the_routine_from_the_file_to_the_removal_in_time(collector: Collector, today: date) -> None:
    debts = collector.owe(3, today - timedelta(days=42))
    collector.add_boletos(debts)
    first = collector.run_day(collector.branch_id, today)
    assert (first["done"], first["listed"]) == ({"remind": 3}, 0)
    day = today + 3 * DAY
    told = collector.run_day(collector.branch_id, day)
    assert (told["done"], told["listed"], told["cost_cents"]) == ({"credit_analysis": 3}, 3, 1050)
    listings = collector.wait_for("notificada", 3)
    assert {each["origin"] for each in listings} == {"automatic"}
    collector.sweep(max(date.fromisoformat(each["active_from"]) for each in listings))
    listings = collector.wait_for("ativa", 3)

    paid = listings[0]
    collector.settle(paid["boleto_id"], paid["amount_cents"], today)
    paid = collector.wait_until(paid["id"], "baixada")
    assert (paid["removal"]["reason"], paid["critical"]) == ("01", False)
    assert today < date.fromisoformat(paid["removal_due_on"])
    assert [row for row in collector.deadlines() if row["negativation_id"] == paid["id"]] == []

    assert told["ended_at"]
    assert collector.run_day(collector.branch_id, day) == told
    tomorrow = collector.run_day(collector.branch_id, day + DAY)
    assert (tomorrow["queued"], tomorrow["done"]) == (0, {})
    assert [collector.acts(each["contract_number"]) for each in listings] == [["include", "remove"]] + [["include"]] * 2


def test_the_bureau_tells_before_it_answers(collector: Collector, today: date) -> None:
    debts = collector.owe(2, today - timedelta(days=60))
    collector.add_boletos(debts)
    collector.treat(
        *({"when": {"operation": each}, "word": "early", "delay_ms": 1500} for each in ("include", "remove"))
    )
    collector.run_day(collector.branch_id, today)
    listings = collector.wait_for("notificada", 2)
    for listing in listings:
        [attempt] = listing["attempts"]
        assert (attempt["answer"], attempt["in_doubt"]) == ("done", False)
        collector.settle(listing["boleto_id"], listing["amount_cents"], today)
    for listing in listings:
        ended = collector.wait_until(listing["id"], "baixada")
        assert (ended["critical"], len(ended["attempts"])) == (False, 2)


def test_killed_in_the_middle_of_a_run_and_of_a_webhook(collector: Collector, cloud: RunningCloud, today: date) -> None:
    debts = collector.owe(8, today - timedelta(days=60))
    collector.add_boletos(debts)
    collector.script(word_delay_ms=1000)
    with impatient(cloud, "collections"):
        collector.start_day(today)
        collector.until(lambda: collector.listings(collector.branch_id), lambda found: len(found) > 0)
        assert kill(cloud, "work_collection")
        collector.until(
            lambda: collector.listings(collector.branch_id, status="notificada"), lambda found: len(found) > 0
        )
        assert kill(cloud, "receive_bureau_event")
        told = collector.until(
            lambda: collector.find_run(collector.branch_id, today), lambda run: run["worked"] == len(debts)
        )
        assert told["listed"] == len(debts), told
        collector.wait_for("notificada", len(debts), sweeping=True)
    assert [collector.acts(each.number) for each in debts] == [["include"]] * len(debts)


def test_the_bureau_is_down_for_a_day(collector: Collector, today: date) -> None:
    debts = collector.owe(3, today - timedelta(days=60))
    boletos = collector.add_boletos(debts)
    standing, waiting, paid = debts
    order = {"negativation": {"boleto_id": boletos[standing.number], "requested_by": "ana.souza"}}
    listed = collector.call("POST", "/api/v1/negativations", order)["data"]
    collector.wait_until(listed["id"], "notificada")

    collector.treat(*({"when": {"operation": each}, "outcome": "spike_arrest"} for each in ("include", "remove")))
    run = collector.run_day(collector.branch_id, today)
    assert (run["done"], run["excluded"]) == ({"credit_analysis": 2}, {"negativation_exists": 1})
    collector.settle(boletos[standing.number], standing.cents, today)
    removal = {"removal": {"reason": "01", "requested_by": "ana.souza"}}
    collector.call("POST", f"/api/v1/negativations/{listed['id']}/removal", removal)
    [unsent, cancelled] = [
        collector.listings(collector.branch_id, boleto_id=boletos[each.number])[0] for each in (waiting, paid)
    ]
    for each in (listed, unsent, cancelled):
        collector.wait_for_event(each["id"], "postponed")
    # Paid before it was ever sent: nothing is left to be sent.
    collector.settle(boletos[paid.number], paid.cents, today)
    collector.wait_until(cancelled["id"], "baixada")
    assert (collector.acts(paid.number), collector.acts(waiting.number)) == ([], [])
    late = collector.read(listed["id"])
    assert (late["status"], late["critical"]) == ("baixa_pendente", True)
    due_on = date.fromisoformat(late["removal_due_on"])
    in_time, overdue = collector.count_late(due_on), collector.count_late(due_on + DAY)
    assert overdue > in_time
    tomorrow = collector.run_day(collector.branch_id, today + DAY)
    assert tomorrow["done"] == {}

    collector.treat()
    collector.outwait(listed["id"], "baixada")
    collector.outwait(unsent["id"], "notificada")
    assert [collector.acts(each.number) for each in debts] == [["include", "remove"], ["include"], []]
    assert collector.count_late(due_on + DAY) == overdue - 1
