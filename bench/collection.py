"""A day's collection over many boletos of which few are due: `python -m bench.collection`.

The use cases run in this process against the local cloud's table and its sandbox bureau, as the functions would: the
walk, the work of each debtor, and the listing that its last step asks for, kept, called for and answered (Connect SA,
whose answer is its word). The table is one of its own, which the deployed schedules do not sweep: they would list some
of the debts themselves, and what they ask of AWS would not be counted. The same day again must change nothing, nor call
anybody. By the counted units a thousand looked at are priced, and a thousand listed.
"""

import json
import os
import resource
import sqlite3
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

import botocore.session
import httpx

from bench.measuring.cloud import deployed_variables, open_cloud
from bench.measuring.figures import print_result
from bench.measuring.machine import describe_machine
from bench.measuring.prices import dollars
from bench.measuring.request_log import RequestLog, Tally
from lastro.aws.dynamodb.keys.negativations import BOLETO_SHARDS
from lastro.aws.dynamodb.table import Put, Table
from lastro.aws.entrypoints.loop import run_to_end
from lastro.bureaus.setup.integrations.requests import CreateIntegration
from lastro.bureaus.setup.requests import CreateBranch
from lastro.bureaus.setup.wiring import open_branches, open_integrations
from lastro.bureaus.wiring import open_listing_branches
from lastro.kernel.calendar import CLOCK
from lastro.kernel.callers.caller import Caller
from lastro.kernel.documents import Cpf
from lastro.kernel.queues.delivery import Again, Delivery
from lastro.kernel.queues.queue import Outgoing
from lastro.negativations.boletos.model import Boleto
from lastro.negativations.boletos.store import BoletoStore, put_new_boleto
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.model import Action, Figures, Parameters, Run, RunKey, RunStatus, Step
from lastro.negativations.collection.runs.listing import AutomaticOrders
from lastro.negativations.collection.runs.starting import queue_shards
from lastro.negativations.collection.runs.store import MOST_QUEUED, RunStore
from lastro.negativations.collection.runs.sweep import CollectionSweep
from lastro.negativations.collection.runs.walking import CollectionWalk
from lastro.negativations.collection.runs.worker import CollectionWorker
from lastro.negativations.collection.store import ParametersStore
from lastro.negativations.debtors.model import Address, Debtor, Sex
from lastro.negativations.debtors.store import DebtorStore, debtor_writes
from lastro.negativations.listings.asking.creating import ListingCreation
from lastro.negativations.listings.messages import ListingMessage
from lastro.negativations.listings.wiring import open_listing_worker
from lastro.negativations.wiring import open_listing_store, open_settings_store
from lastro.wire.messages import QueueMessage
from sandbox.cloud.background import RunningCloud
from sandbox.demo.caas_requests import make_cpf

SIZES = (1_000, 10_000, 100_000)
DUE_ONE_IN = 20
OF_A_DEBTOR = 2
DAY = date(2026, 11, 3)
MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)
REGION = "sa-east-1"
STEPS = (Step(1, 5, Action.REMIND), Step(5, 45, Action.CREDIT_ANALYSIS))
PROVIDER = "connect_sa"
COLLECTION_GB, LISTING_GB = 0.5, 1.0
"""Memory of the functions that would do it, and how many messages each takes at once."""
COLLECTION_BATCH, LISTING_BATCH = 10, 5

M = TypeVar("M", bound=QueueMessage)


WHOLE: dict[str, Any] = {
    "sex": Sex.FEMALE,
    "birth_date": date(1990, 5, 17),
    "mobile_phone": "+5511987654321",
    "address": Address("01001000", "Praça da Sé", "100", "Sala 2", "Sé", "São Paulo", "SP"),
}


class Line(Generic[M]):
    """A queue in a file, so that what waits takes no memory of a worker's: counted and priced as SQS would."""

    def __init__(self, kind: type[M]) -> None:
        self._kind = kind
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.execute("CREATE TABLE waiting (body TEXT)")
        self.sent = 0

    def send(self, messages: Sequence[Outgoing], *, delay: int = 0) -> None:
        assert not delay
        for message in messages:
            assert isinstance(message, self._kind)
            self._rows.execute("INSERT INTO waiting VALUES (?)", [message.model_dump_json()])
        self.sent += len(messages)

    def count_waiting(self) -> int:
        return int(self._rows.execute("SELECT count(*) FROM waiting").fetchone()[0])

    def take(self) -> M | None:
        """The oldest message; ``None`` when none waits."""
        found = self._rows.execute("SELECT rowid, body FROM waiting ORDER BY rowid LIMIT 1").fetchone()
        if found is None:
            return None
        self._rows.execute("DELETE FROM waiting WHERE rowid = ?", found[:1])
        return self._kind.model_validate_json(found[1])


class Town:
    """A branch that lists by itself, its two queues, and the sandbox bureau's ledger."""

    def __init__(self, cloud: RunningCloud, table: Table) -> None:
        self.sandbox_url, self.table = cloud.sandbox_url, table
        self.partner_id = str(uuid.uuid4())
        caller = Caller(self.partner_id, ())
        wanted = CreateBranch.model_validate({"branch": {"name": "Filial", "cnpj": "11222333000181"}})
        self.branch_id = open_branches().create(wanted, caller).data.id
        fields = {"login": "empresa", "inquiry_password": "s3nh4", "pefin_password": "s3nh4", "plan": "CREDNET_TOP"}
        integration = {
            "provider": PROVIDER,
            "branch_id": self.branch_id,
            "environment": "production",
            "automatic": True,
            "fields": fields,
        }
        open_integrations().create(CreateIntegration.model_validate({"bureau_integration": integration}), caller)
        parameters = Parameters(self.partner_id, self.branch_id, enabled=False, steps=STEPS, updated_at=MOMENT)
        ParametersStore(table).put(parameters)
        self.collection, self.listing = Line(CollectionMessage), Line(ListingMessage)

    def begin(self, day: date) -> RunKey:
        key = RunKey(self.partner_id, self.branch_id, day)
        RunStore(self.table).put(Run(key, RunStatus.RUNNING, MOMENT))
        return key

    def calls(self) -> int:
        """How often the bureau was asked for an inclusion by the branch's debtors, whatever it said."""
        found = httpx.get(f"{self.sandbox_url}/bureaus/{PROVIDER}/ledger").raise_for_status().json()["calls"]
        return sum(each["operation"] == "include" and each["key"].startswith(self.partner_id[:8]) for each in found)

    def statuses(self) -> Counter[str]:
        found = open_listing_store().list_entries(self.partner_id, since="", until="~", page=100)
        return Counter(each.status for each in found)

    def seed(self, boletos: int) -> None:
        """Boletos of the branch, one in twenty due for its last step and the others past it."""
        for start in range(0, boletos, 500):
            items = []
            for number in range(start, min(start + 500, boletos)):
                writes = self._owed(number)
                items += [(write.key, write.item) for write in writes if isinstance(write, Put)]
            self.table.put_many(items)

    def _owed(self, number: int) -> Sequence[object]:
        is_due, name = number % DUE_ONE_IN == 0, f"{self.partner_id}-{number // OF_A_DEBTOR:09d}"
        boleto = Boleto(
            str(uuid.uuid5(uuid.UUID(self.partner_id), str(number))),
            self.partner_id,
            f"b-{number}",
            name,
            self.branch_id,
            DAY - timedelta(days=50 + number % 200),
            18_990,
            MOMENT,
            MOMENT,
            nature_code="TI",
            contract_number=f"{self.partner_id[:8]}-{number}",
            collection_step=0 if is_due else 5,
        )
        writes = put_new_boleto(boleto)
        if is_due:
            document = Cpf(make_cpf(100_000_000 + number))
            debtor = Debtor(name, self.partner_id, document, "Ana Exemplo", MOMENT, MOMENT, **WHOLE)
            writes += debtor_writes(debtor)
        return writes

    def run_day(self, key: RunKey) -> Figures:
        """Walk every shard and work every debtor, one message after the other."""
        parameters, runs = ParametersStore(self.table), RunStore(self.table)
        boletos, debtors = BoletoStore(self.table), DebtorStore(self.table)
        creation = ListingCreation(
            open_listing_store(),
            boletos,
            debtors,
            open_settings_store(),
            open_listing_branches(),
            self.listing,
            CLOCK,
        )
        walking = CollectionWalk(parameters, runs, self.collection, CLOCK, MOST_QUEUED)
        worker = CollectionWorker(walking, parameters, runs, boletos, debtors, AutomaticOrders(creation), CLOCK)
        queue_shards(self.collection, key, range(BOLETO_SHARDS))
        while message := self.collection.take():
            worker.process(Delivery("1", message))
        CollectionSweep(runs, self.collection, CLOCK).run(key.business_date)
        return runs.add_up(key)

    def list_all(self) -> None:
        """Have the bureau asked for everything that waits."""
        worker = open_listing_worker()
        while message := self.listing.take():
            if isinstance(run_to_end(worker.process(Delivery("1", message))), Again):
                self.listing.send([message])


def measure(cloud: RunningCloud, table: Table, log: RequestLog, boletos: int) -> dict[str, Any]:
    town = Town(cloud, table)
    town.seed(boletos)
    key = town.begin(DAY)
    log.take()
    before = _peak_mb()
    first, collecting = _timed(lambda: town.run_day(key))
    collected = log.take()
    _, listing = _timed(town.list_all)
    listed = log.take()
    grown, calls, statuses = _peak_mb() - before, town.calls(), town.statuses()
    messages, asked = town.collection.sent, town.listing.sent
    second = town.run_day(key)
    town.list_all()
    more = (town.collection.sent - messages, town.listing.sent - asked, town.calls() - calls)
    same = second == first and more == (BOLETO_SHARDS, 0, 0) and town.statuses() == statuses
    tomorrow = town.begin(DAY + timedelta(days=1))
    log.take()
    town.run_day(tomorrow)
    idle = log.take()
    dollars_collection = _dollars(collected, messages, COLLECTION_BATCH, collecting * COLLECTION_GB)
    dollars_listing = _dollars(listed, asked, LISTING_BATCH, listing * LISTING_GB)
    return {
        "boletos": boletos,
        "looked_at": first.looked_at,
        "due": len(range(0, boletos, DUE_ONE_IN)),
        "worked": first.worked,
        "done": first.done,
        "left_out": {**first.excluded, **first.failed},
        "listed": dict(statuses),
        "calls_of_the_bureau": calls,
        "seconds": round(collecting + listing, 2),
        "boletos_a_second": round(boletos / (collecting + listing)),
        "listings_a_second": round(calls / listing, 1),
        "grown_mb": round(grown, 1),
        "requests": sum(collected.requests.values()),
        "queries": collected.requests["dynamodb.Query"],
        "requests_of_listings": sum(listed.requests.values()),
        "write_units": sum(collected.write_units.values()) + sum(listed.write_units.values()),
        "requests_next_day": sum(idle.requests.values()),
        "dollars_per_thousand_boletos": round((dollars_collection + dollars_listing) * 1000 / boletos, 5),
        "dollars_per_thousand_listed": round((dollars_collection + dollars_listing) * 1000 / max(calls, 1), 4),
        "second_run_changes_nothing": same,
    }


def open_own_table() -> Table:
    """An empty table beside the deployed one and like it, which everything opened from now on takes for that."""
    client: Any = botocore.session.get_session().create_client("dynamodb")
    name = f"{os.environ['LASTRO_TABLE']}-collection"
    deployed = client.describe_table(TableName=os.environ["LASTRO_TABLE"])["Table"]
    wanted = ("IndexName", "KeySchema", "Projection")
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=deployed["AttributeDefinitions"],
        KeySchema=deployed["KeySchema"],
        GlobalSecondaryIndexes=[{key: each[key] for key in wanted} for each in deployed["GlobalSecondaryIndexes"]],
    )
    os.environ["LASTRO_TABLE"] = name
    return Table()


T = TypeVar("T")


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def _peak_mb() -> float:
    """The most that this process ever held, in MB: a trace of each allocation would take most of the time measured."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _dollars(tally: Tally, messages: int, batch: int, gb_seconds: float) -> float:
    amounts = {
        "dynamodb_write_unit": float(sum(tally.write_units.values())),
        "dynamodb_read_unit": tally.read_units,
        # Sent in tens, received and deleted in batches.
        "sqs_request": messages / 10 + 2 * messages / batch,
        "lambda_request": messages / batch,
        "lambda_gb_second": gb_seconds,
        "secrets_manager_request": float(tally.requests["secretsmanager.GetSecretValue"]),
    }
    return dollars(REGION, amounts)["total"]


def main() -> None:
    sizes = tuple(int(each) for each in os.environ.get("LASTRO_BENCH_SIZES", "").split(",") if each) or SIZES
    with open_cloud() as cloud:
        for operation in ("sync_collection", "create_bureau_integration", "process_negativation"):
            os.environ.update(deployed_variables(cloud, operation))
        log, table = RequestLog(), open_own_table()
        found = []
        for size in sizes:
            found.append(measure(cloud, table, log, size))
            # The largest takes half an hour: what is known is told.
            print(json.dumps(found[-1]), file=sys.stderr, flush=True)
    print_result({"benchmark": "collection", "machine": describe_machine(), "region": REGION, "sizes": found})


if __name__ == "__main__":
    main()
