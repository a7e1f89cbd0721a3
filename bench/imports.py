"""A file of a million lines read as an import reads it, and a smaller one kept: `python -m bench.imports`.

The million (``LASTRO_BENCH_LINES``) is worked in this process by the consumer's own steps from a file on disk, with a
writer that counts rows in place of the table: every hundredth step its process dies after the rows were kept, and the
next delivery goes on from what is stored. No line may be lost, none be counted twice, and memory must not grow. The
other file (``LASTRO_BENCH_KEPT``, 0: none) goes through the API of a local cloud to its end.
"""

import os
import resource
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx

from bench.measuring.cloud import open_cloud
from bench.measuring.figures import print_result
from bench.measuring.machine import describe_machine
from lastro.aws.files import Files
from lastro.kernel.calendar import CLOCK
from lastro.kernel.queues.delivery import Delivery
from lastro.kernel.queues.queue import Outgoing
from lastro.negativations.imports.lines import LineError, Row
from lastro.negativations.imports.messages import ImportMessage
from lastro.negativations.imports.model import Counts, FileFormat, Import
from lastro.negativations.imports.store import ImportStore
from lastro.negativations.imports.worker import STEP_LINES, ImportWorker
from lastro.negativations.imports.writing import RowWriter
from sandbox.demo.caas_requests import make_cpf
from sandbox.demo.creditor import Creditor, Owed, spell_file

LINES = 1_000_000
KEPT = 50_000
LONGEST = 1800
"""Seconds until a file that is kept has come to its end, on a busy machine too."""
DIES_EVERY = 100
MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)
DUE_ON = date(2026, 8, 10)
WATCHED = 10
"""How often memory is looked at."""


class Died(Exception):
    """The process of a delivery is gone."""


@dataclass
class Kept:
    """What is stored of the one import."""

    each: Import

    def find(self, partner_id: str, import_id: str) -> Import | None:
        assert (partner_id, import_id) == (self.each.partner_id, self.each.id)
        return self.each

    def put(self, after: Import) -> bool:
        if after.version != self.each.version + 1:
            return False
        self.each = after
        return True


@dataclass
class Disk:
    """The file of the import, read in ranges as S3 gives them."""

    path: Path
    longest: int = 0

    def find(self, _: str) -> tuple[int, str]:
        return self.path.stat().st_size, ""

    def read(self, _: str, start: int, length: int, _tag: str) -> bytes:
        self.longest = max(self.longest, length)
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(length)


@dataclass
class CountingWriter:
    """Keeps nothing of a row but that it came; dies after every hundredth step once."""

    steps: int = 0
    rows: int = 0
    deaths: int = 0
    peaks: list[float] = field(default_factory=list)

    def keep(self, each: Import, rows: Sequence[Row]) -> tuple[Counts, list[LineError]]:
        # Behind the heading, and behind every line that counts already: none is left out.
        assert rows[0].line == each.counts.lines + 2
        self.steps += 1
        self.rows += len(rows)
        if self.steps % DIES_EVERY == 0:
            self.deaths += 1
            raise Died
        return Counts(created=len(rows)), []


class Queued:
    """Counts the messages that ask for the rest."""

    def __init__(self) -> None:
        self.sent = 0

    def send(self, messages: Sequence[Outgoing], *, delay: int = 0) -> None:
        assert not delay
        self.sent += len(messages)

    def count_waiting(self) -> int:
        return self.sent


def debts(lines: int, first: int = 0) -> Iterator[Owed]:
    for number in range(first, first + lines):
        name = f"L-{number}"
        yield Owed(make_cpf(100_000_000 + number // 2), "Ana Exemplo", name, DUE_ON - timedelta(days=number % 300))


@contextmanager
def written(lines: int) -> Iterator[Path]:
    """A file of so many lines on the disk, written a part at a time."""
    with tempfile.TemporaryDirectory(prefix="lastro-bench-") as folder:
        path = Path(folder) / "file.csv"
        with path.open("wb") as file:
            for first in range(0, lines, 10_000):
                part = spell_file(list(debts(min(10_000, lines - first), first)))
                file.write(part if not first else part[part.index(b"\r\n") :])
        yield path


def read_in_process(lines: int) -> dict[str, Any]:
    partner_id = str(uuid.uuid4())
    each = Import(str(uuid.uuid4()), partner_id, FileFormat.CSV, MOMENT, branch_id=1)
    with written(lines) as path:
        kept, disk, writer, queue = Kept(each), Disk(path), CountingWriter(), Queued()
        worker = ImportWorker(cast(ImportStore, kept), cast(RowWriter, writer), cast(Files, disk), queue, CLOCK)
        delivery = Delivery("1", ImportMessage(partner_id=partner_id, import_id=each.id))
        started, deliveries = time.perf_counter(), 0
        while kept.each.is_open:
            deliveries += 1
            try:
                worker.process(delivery)
            except Died:
                continue
            finally:
                if len(writer.peaks) < WATCHED * kept.each.counts.lines // lines:
                    writer.peaks.append(_peak_mb())
        seconds = time.perf_counter() - started
        size, _ = disk.find("")
    done = kept.each
    return {
        "lines": done.counts.lines,
        "megabytes": round(size / 1e6),
        "status": done.status.value,
        "counted_once": done.counts.lines == lines and writer.rows == lines + writer.deaths * STEP_LINES,
        "died": writer.deaths,
        "deliveries": deliveries,
        "seconds": round(seconds, 1),
        "lines_a_second": round(lines / seconds),
        "longest_read_bytes": disk.longest,
        "peak_mb_by_tenths": [round(each, 1) for each in writer.peaks],
    }


def keep_on_the_cloud(lines: int) -> dict[str, Any]:
    with open_cloud() as cloud, httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=60) as api:
        creditor = Creditor(cloud, api, longest=LONGEST)
        # A branch of its own: the demo partner has one already.
        branch = {"branch": {"name": "Importação", "cnpj": "12ABC34501DE35"}}
        branch_id = int(creditor.call("POST", "/api/v1/branches", branch)["data"]["id"])
        content = spell_file(list(debts(lines)))
        first, seconds = _timed(lambda: creditor.import_file(branch_id, content))
        again, repeated = _timed(lambda: creditor.import_file(branch_id, content))
    names = ("status", "created", "changed", "unchanged", "failed", "lines_a_second")
    return {
        "lines": lines,
        "first": {name: first[name] for name in names} | {"seconds": round(seconds, 1)},
        "again": {name: again[name] for name in names} | {"seconds": round(repeated, 1)},
    }


def _timed(work: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], float]:
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> None:
    read = int(os.environ.get("LASTRO_BENCH_LINES", LINES))
    kept = int(os.environ.get("LASTRO_BENCH_KEPT", KEPT))
    found: dict[str, Any] = {"benchmark": "imports", "machine": describe_machine()}
    if read:
        found["read"] = read_in_process(read)
    if kept:
        found["kept"] = keep_on_the_cloud(kept)
    print_result(found)


if __name__ == "__main__":
    main()
