"""Imports of debtors and boletos from a file: where one stands, and what became of its lines. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from lastro.kernel.dataclass import dataclass

MAX_LINES = 1_000_000
MAX_BYTES = 512 * 1024 * 1024
MAX_LINE_BYTES = 16 * 1024
MAX_ERRORS = 20_000
"""Wrong lines after which an import stops: its file is not what it is taken for. Keeps the file of errors small."""

UPLOAD_SECONDS = 3600


class ImportStatus(StrEnum):
    """``waiting``: the file has not been sent. ``stopped``: nothing more is read of it, and why is told."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    ABANDONED = "abandoned"


OPEN = frozenset({ImportStatus.WAITING, ImportStatus.RUNNING})


class FileFormat(StrEnum):
    """``csv``: one heading line, semicolons or commas. ``ndjson``: one JSON object a line."""

    CSV = "csv"
    NDJSON = "ndjson"


@dataclass(frozen=True)
class Counts:
    """What became of lines; each is one of these."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.failed + other.failed,
        )

    @property
    def lines(self) -> int:
        return self.created + self.changed + self.unchanged + self.failed


@dataclass(frozen=True)
class Import:
    """``offset`` is how many bytes are done with; ``heading`` a CSV's first line; ``parts`` the files of errors, by the
    offset at which each begins; with ``repeats`` a file tells which boletos two lines tell otherwise. ``within`` rows
    of the step that begins at ``offset`` are kept already, and ``within_counts`` is what became of them: both are
    written with the rows, so that a step that is worked again counts none of them twice. ``tag`` is that of
    the file that was begun with. Moments are aware.
    """

    id: str
    partner_id: str
    format: FileFormat
    created_at: datetime
    branch_id: int | None = None
    status: ImportStatus = ImportStatus.WAITING
    size: int = 0
    offset: int = 0
    heading: str = ""
    counts: Counts = Counts()
    within: int = 0
    within_counts: Counts = Counts()
    parts: tuple[int, ...] = ()
    tag: str = ""
    repeats: bool = False
    started_at: datetime | None = None
    updated_at: datetime | None = None
    ended_at: datetime | None = None
    stopped_code: str | None = None
    request_id: str | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"imports/{self.partner_id}/{self.id}/file"

    @property
    def errors_file(self) -> str:
        """Name of the file of all its errors."""
        return f"imports/{self.partner_id}/{self.id}/errors.csv"

    @property
    def repeats_file(self) -> str:
        """Name of the note of boletos that two lines tell otherwise."""
        return f"imports/{self.partner_id}/{self.id}/repeats.json"

    def part_file(self, offset: int) -> str:
        """Name of the errors of what begins at an offset: worked again, it is written again."""
        return f"imports/{self.partner_id}/{self.id}/errors/{offset:012d}.csv"

    def lines_a_second(self, now: datetime) -> int:
        """How fast it went so far; 0 before it began."""
        if self.started_at is None:
            return 0
        until = self.ended_at or self.updated_at or self.started_at
        seconds = (min(until, now) - self.started_at).total_seconds()
        return round(self.counts.lines / seconds) if seconds > 0 else self.counts.lines

    def begun(self, size: int, moment: datetime, *, tag: str, repeats: bool) -> Import:
        """Its file is there."""
        return replace(
            self,
            tag=tag,
            repeats=repeats,
            status=ImportStatus.RUNNING,
            size=size,
            started_at=moment,
            updated_at=moment,
            version=self.version + 1,
        )

    def ended(self, status: ImportStatus, moment: datetime, code: str | None = None) -> Import:
        return replace(
            self, status=status, ended_at=moment, updated_at=moment, stopped_code=code, version=self.version + 1
        )
