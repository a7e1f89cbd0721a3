"""The report as a file: CSV or XLSX, put into the archive and fetched by a private address."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from lastro.aws.reports import MAX_ROWS, MOST_WALKED, Written
from lastro.bureaus.errors import TOO_MANY_ROWS
from lastro.bureaus.inquiries.cursors import read_cursor
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.statistics import words
from lastro.bureaus.statistics.counting import count, filter_of, list_period, render_totals
from lastro.kernel.calendar import SAO_PAULO
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.keyed_request import KeyedRequest

if TYPE_CHECKING:
    from lastro.aws.reports import ReportFiles
    from lastro.bureaus.inquiries.requests import ExportInquiries
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.model import Inquiry
    from lastro.bureaus.records import LogEntry
    from lastro.kernel.callers.caller import Caller
    from lastro.wire.sheets.cells import Cell, SheetWriter

_BATCH = 100


@dataclass(frozen=True)
class InquiryExport:
    """Writes the report into a file. ``writers`` by format."""

    store: InquiryStore
    files: ReportFiles
    writers: Callable[[str], SheetWriter]

    def export(self, request: ExportInquiries, caller: Caller) -> str:
        """The address of a file with every inquiry the filters let through, of the newest ``MOST_WALKED``: those behind
        ``next_cursor`` make further files. The same request gives the same file.

        Raises ``InvalidInput`` for a wrong period, for a cursor never given, and ``BusinessRefusal`` when there are
        more rows than a file holds.
        """
        asked = request.report

        def write() -> Written:
            below, takes = read_cursor(asked.cursor, "inquiries_written", "report.cursor"), filter_of(asked, caller)
            entries: list[LogEntry] = []
            totals = Counter[str]()
            last, next_cursor = "", ""
            for looked, entry in enumerate(list_period(self.store, asked, caller, after=below)):
                if looked == MOST_WALKED:
                    next_cursor = spell_cursor(last, "inquiries_written")
                    break
                last = entry.place
                if takes(entry):
                    count(totals, entry)
                    entries.append(entry)
                if len(entries) > MAX_ROWS:
                    raise TOO_MANY_ROWS(most=MAX_ROWS)
            content = self.writers(asked.format)(words.HEADINGS, self._rows(entries), _totals(totals))
            return Written(content, next_cursor)

        scope = f"export_inquiries#{caller.holder}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, f"{caller.view}#{asked.model_dump_json()}")
        stem = f"consultas-{asked.start:%Y%m%d}-{asked.end:%Y%m%d}"
        link = self.files.give(caller.partner_id, keyed, stem, asked.format, write)
        return json.dumps({"data": asdict(link)}, ensure_ascii=False)

    def _rows(self, entries: Sequence[LogEntry]) -> Iterator[Sequence[Cell]]:
        for start in range(0, len(entries), _BATCH):
            for inquiry in self.store.find_many([entry.id for entry in entries[start : start + _BATCH]]):
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
