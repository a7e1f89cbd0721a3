"""A day's collection over many boletos of which few are due: `python -m bench.collection`.

The use cases run in this process against the local cloud's table, as the functions would, with a step that calls no
bureau: what is measured is the walk, the queue's messages and the work. The same day again must change nothing. By
the counted units a thousand looked at and a thousand worked are priced.
"""

import os
import resource
import sqlite3
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.cloud import deployed_variables, open_cloud
from bench.figures import print_result
from bench.machine import describe_machine
from bench.prices import dollars
from bench.request_log import RequestLog, Tally
from lastro.aws.dynamodb.keys.negativations import BOLETO_SHARDS
from lastro.aws.dynamodb.table import Put, Table
from lastro.kernel.calendar import CLOCK
from lastro.kernel.documents import Cpf
from lastro.kernel.queues.delivery import Delivery
from lastro.kernel.queues.queue import Outgoing
from lastro.negativations.boletos.model import Boleto
from lastro.negativations.boletos.store import BoletoStore, put_new_boleto
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.model import Action, Figures, Parameters, Run, RunKey, RunStatus, Step
from lastro.negativations.collection.runs.starting import queue_shards
from lastro.negativations.collection.runs.store import MOST_QUEUED, RunStore
from lastro.negativations.collection.runs.sweeping import CollectionSweep
from lastro.negativations.collection.runs.walking import CollectionWalk
from lastro.negativations.collection.runs.working import CollectionWork
from lastro.negativations.collection.store import ParametersStore
from lastro.negativations.debtors.model import Debtor
from lastro.negativations.debtors.store import DebtorStore, debtor_writes

SIZES = (1_000, 10_000, 100_000)
DUE_ONE_IN = 20
OF_A_DEBTOR = 2
DAY = date(2026, 11, 3)
MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)
REGION = "sa-east-1"
STEPS = (Step(1, 5, Action.REMIND), Step(5, 45, Action.NOTARY))
MEMORY_GB = 0.5


class Line:
    """A queue in a file, so that what waits takes no memory of a worker's: counted and priced as SQS would."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.execute("CREATE TABLE waiting (body TEXT)")
        self.sent = 0

    def send(self, messages: Sequence[Outgoing], *, delay: int = 0) -> None:
        if delay:
            raise AssertionError("a collection sends at once")
        for message in messages:
            assert isinstance(message, CollectionMessage)
            self._rows.execute("INSERT INTO waiting VALUES (?)", [message.model_dump_json()])
        self.sent += len(messages)

    def count_waiting(self) -> int:
        return int(self._rows.execute("SELECT count(*) FROM waiting").fetchone()[0])

    def take(self) -> CollectionMessage | None:
        """The oldest message; ``None`` when none waits."""
        found = self._rows.execute("SELECT rowid, body FROM waiting ORDER BY rowid LIMIT 1").fetchone()
        if found is None:
            return None
        self._rows.execute("DELETE FROM waiting WHERE rowid = ?", found[:1])
        return CollectionMessage.model_validate_json(found[1])


def seed(table: Table, partner_id: str, boletos: int) -> None:
    """Boletos of a branch, one in twenty due for its last step and the others past it."""
    for start in range(0, boletos, 500):
        items = []
        for number in range(start, min(start + 500, boletos)):
            debtor_id = f"debtor-{number // OF_A_DEBTOR:09d}"
            boleto = Boleto(
                str(uuid.UUID(int=number)),
                partner_id,
                f"b-{number}",
                debtor_id,
                1,
                DAY - timedelta(days=50 + number % 200),
                18_990,
                MOMENT,
                MOMENT,
                collection_step=0 if number % DUE_ONE_IN == 0 else 5,
            )
            writes = put_new_boleto(boleto)
            if number % DUE_ONE_IN == 0:
                writes += debtor_writes(
                    Debtor(debtor_id, partner_id, Cpf("52998224725"), "Ana Exemplo", MOMENT, MOMENT)
                )
            items += [(write.key, write.item) for write in writes if isinstance(write, Put)]
        table.put_many(items)


def ask_nobody(boleto: Boleto, run: RunKey) -> None:
    """No step of this collection asks for a listing."""
    raise AssertionError(f"{run.id} asked for a listing of {boleto.id}")


def run_day(key: RunKey, table: Table, line: Line) -> Figures:
    """Walk every shard and work every debtor, one message after the other."""
    parameters, runs = ParametersStore(table), RunStore(table)
    walking = CollectionWalk(parameters, runs, line, CLOCK, MOST_QUEUED)
    work = CollectionWork(walking, parameters, runs, BoletoStore(table), DebtorStore(table), ask_nobody, CLOCK)
    queue_shards(line, key, range(BOLETO_SHARDS))
    while message := line.take():
        work.process(Delivery("1", message))
    CollectionSweep(runs, line, CLOCK).run(DAY)
    return runs.add_up(key)


def measure(table: Table, log: RequestLog, boletos: int) -> dict[str, Any]:
    partner_id = str(uuid.uuid4())
    seed(table, partner_id, boletos)
    ParametersStore(table).put(Parameters(partner_id, 1, enabled=False, steps=STEPS, updated_at=MOMENT))
    key = RunKey(partner_id, 1, DAY)
    RunStore(table).put(Run(key, RunStatus.RUNNING, MOMENT))
    log.take()
    line, before, started = Line(), _peak_mb(), time.perf_counter()
    first = run_day(key, table, line)
    seconds = time.perf_counter() - started
    tally = log.take()
    again = Line()
    second = run_day(key, table, again)
    tomorrow = replace(key, business_date=DAY + timedelta(days=1))
    RunStore(table).put(Run(tomorrow, RunStatus.RUNNING, MOMENT))
    log.take()
    run_day(tomorrow, table, Line())
    idle = log.take()
    return {
        "boletos": boletos,
        "looked_at": first.looked_at,
        "worked": first.worked,
        "seconds": round(seconds, 2),
        "boletos_a_second": round(boletos / seconds),
        "grown_mb": round(_peak_mb() - before, 1),
        "requests": sum(tally.requests.values()),
        "queries": tally.requests["dynamodb.Query"],
        "read_units": round(tally.read_units),
        "write_units": sum(tally.write_units.values()),
        "requests_next_day": sum(idle.requests.values()),
        "dollars_per_thousand_boletos": round(_dollars(tally, line.sent, seconds) * 1000 / boletos, 5),
        "second_run_changes_nothing": second == first and again.sent == BOLETO_SHARDS,
    }


def _peak_mb() -> float:
    """The most that this process ever held, in MB: a trace of each allocation would take most of the time measured."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _dollars(tally: Tally, messages: int, seconds: float) -> float:
    amounts = {
        "dynamodb_write_unit": float(sum(tally.write_units.values())),
        "dynamodb_read_unit": tally.read_units,
        # Sent in tens, received and deleted in tens.
        "sqs_request": 3 * messages / 10,
        "lambda_request": messages / 10,
        "lambda_gb_second": seconds * MEMORY_GB,
    }
    return dollars(REGION, amounts)["total"]


def main() -> None:
    sizes = tuple(int(each) for each in os.environ.get("LASTRO_BENCH_SIZES", "").split(",") if each) or SIZES
    with open_cloud() as cloud:
        os.environ.update(deployed_variables(cloud, "sync_collection"))
        log, table = RequestLog(), Table()
        found = [measure(table, log, size) for size in sizes]
    print_result({"benchmark": "collection", "machine": describe_machine(), "region": REGION, "sizes": found})


if __name__ == "__main__":
    main()
