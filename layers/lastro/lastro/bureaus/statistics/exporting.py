"""The report as a file: CSV or XLSX, put into the archive and fetched by a private address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from lastro.bureaus.errors import TOO_MANY_ROWS
from lastro.bureaus.inquiries.archive_names import report_file, saved_name
from lastro.bureaus.inquiries.reading import render_link
from lastro.bureaus.inquiries.requests import ExportInquiries
from lastro.bureaus.model import Inquiry
from lastro.bureaus.providers.catalog import BUREAUS
from lastro.bureaus.records import LogEntry
from lastro.bureaus.statistics.counting import count, filtered, render_totals
from lastro.bureaus.statistics.sheets import words
from lastro.bureaus.statistics.sheets.cells import Cell
from lastro.kernel.attempt import Answered, Attempt
from lastro.kernel.calendar import SAO_PAULO, Clock
from lastro.kernel.callers.caller import Caller

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.orders.store import AttemptStore

MAX_ROWS = 20_000
_BATCH = 100

CONTENT_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SheetWriter(Protocol):
    """Makes a file of one kind."""

    def __call__(
        self, headings: Sequence[str], rows: Iterable[Sequence[Cell]], totals: Sequence[tuple[str, Cell]]
    ) -> bytes: ...


@dataclass(frozen=True, slots=True)
class InquiryExport:
    """Writes the report into a file. ``writers`` by format; ``new_id`` gives random UUIDs."""

    book: InquiryStore
    attempts: AttemptStore
    archive: Files
    clock: Clock
    writers: Callable[[str], SheetWriter]
    new_id: Callable[[], UUID]

    def export(self, request: ExportInquiries, caller: Caller) -> str:
        """The address of a file with every inquiry the filters let through; the same attempt gives the same file.

        Raises ``InvalidInput`` for a wrong period and ``BusinessRefusal`` when there are more rows than a file holds.
        """
        asked = request.report
        scope = f"export_inquiries#{caller.holder}"
        attempt = Attempt.of(scope, request.idempotency_key, f"{caller.view}#{asked.model_dump_json()}")
        now = self.clock.now()
        content_type = CONTENT_TYPES[asked.format]
        file_id = self.attempts.find_answer(attempt, now)
        if file_id is None:
            entries = list(islice(filtered(self.book, asked, caller), MAX_ROWS + 1))
            if len(entries) > MAX_ROWS:
                raise TOO_MANY_ROWS(most=MAX_ROWS)
            totals = Counter[str]()
            for entry in entries:
                count(totals, entry)
            file_id = str(self.new_id())
            write = self.writers(asked.format)
            body = write(words.HEADINGS, self._rows(entries), _totals(totals))
            self.archive.put(report_file(caller.partner_id, file_id), body, content_type)
            if not self.attempts.keep_answer(Answered.to(attempt, file_id, now)):
                # The same request was first: its file is the answer, and this one is never told of.
                file_id = self.attempts.find_answer(attempt, now) or file_id
        name = saved_name(f"consultas-{asked.start:%Y%m%d}-{asked.end:%Y%m%d}", content_type)
        return render_link(self.archive, self.clock, report_file(caller.partner_id, file_id), name, content_type)

    def _rows(self, entries: Sequence[LogEntry]) -> Iterator[Sequence[Cell]]:
        for start in range(0, len(entries), _BATCH):
            for inquiry in self.book.find_many([entry.id for entry in entries[start : start + _BATCH]]):
                yield _row(inquiry)


def _row(inquiry: Inquiry) -> Sequence[Cell]:
    outcome = inquiry.outcome
    return (
        inquiry.created_at.astimezone(SAO_PAULO).replace(tzinfo=None),
        words.REPEATED if inquiry.source_id else words.STATUSES[inquiry.status],
        str(inquiry.document),
        words.SUBJECTS[inquiry.subject.kind],
        inquiry.subject.id,
        words.PURPOSES[inquiry.purpose],
        inquiry.requested_by,
        words.PANELS[inquiry.panel],
        inquiry.branch_id,
        inquiry.billed_cnpj.formatted,
        inquiry.integration_id,
        BUREAUS[inquiry.provider].name,
        words.ENVIRONMENTS[inquiry.environment],
        inquiry.report,
        outcome.score,
        outcome.notes,
        _reais(outcome.notes_total),
        "sim" if outcome.billed else "não",
        _reais(outcome.cost),
    )


def _totals(totals: Counter[str]) -> list[tuple[str, Cell]]:
    sums = render_totals(totals)
    return [(words.TOTALS[name], _reais(value) if name == "cost" else value) for name, value in sums.items()]


def _reais(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)
