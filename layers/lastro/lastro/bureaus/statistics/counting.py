"""The report "Consultas de análise de crédito": filters and totals over the log's keys, rows for one page only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from lastro.bureaus.errors import PERIOD_LENGTH, PERIOD_TOO_LATE
from lastro.bureaus.inquiries.cursors import read_cursor
from lastro.bureaus.inquiries.reading import list_seen
from lastro.bureaus.inquiries.rendering import render_row
from lastro.bureaus.model import OPEN_STATUSES
from lastro.bureaus.orders.requester import digest_requester
from lastro.kernel.calendar import SAO_PAULO, format_moment
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from lastro.bureaus.inquiries.requests import InquiryFilters, ReportInquiries
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.records import LogEntry
    from lastro.kernel.callers.caller import Caller

MAX_DAYS = 366


@dataclass(frozen=True)
class InquiryStatistics:
    """Reads the report."""

    book: InquiryStore

    def read(self, request: ReportInquiries, caller: Caller) -> str:
        """A page of the inquiries that the filters let through, with the totals of all of them on the first page.

        Raises ``InvalidInput`` for a period of no day or of more than 366, and for a cursor never given.
        """
        after = read_cursor(request.cursor)
        page: list[LogEntry] = []
        totals = Counter[str]()
        for entry in filtered(self.book, request, caller, after=after):
            if len(page) <= request.per_page:
                page.append(entry)
            elif request.cursor:
                break
            if not request.cursor:
                count(totals, entry)
        more = len(page) > request.per_page
        shown = page[: request.per_page]
        rows = self.book.find_many([entry.id for entry in shown])
        answer = {
            "data": [render_row(row) for row in rows],
            "totals": render_totals(totals) if not request.cursor else None,
            "next_cursor": spell_cursor(shown[-1].place) if more else None,
        }
        return json.dumps(answer, ensure_ascii=False)


def filtered(book: InquiryStore, filters: InquiryFilters, caller: Caller, *, after: str = "") -> Iterator[LogEntry]:
    """The log's entries that the filters let through, newest first. Raises ``InvalidInput`` for a wrong period."""
    if not timedelta(0) <= filters.end - filters.start < timedelta(days=MAX_DAYS):
        raise InvalidInput([PERIOD_LENGTH.at("end", most=MAX_DAYS)])
    requester = digest_requester(filters.requested_by) if filters.requested_by else None
    log = list_seen(book, caller, since=_midnight(filters.start), until=_midnight_after(filters.end), after=after)
    for entry in log:
        if (
            filters.integration_id in (None, entry.integration_id)
            and filters.report in (None, entry.report)
            and filters.branch_id in (None, entry.branch_id)
            and requester in (None, entry.requester)
        ):
            yield entry


def count(totals: Counter[str], entry: LogEntry) -> None:
    """Add an entry to the totals."""
    kind = "stored" if entry.stored else "open" if entry.status in OPEN_STATUSES else entry.status.value
    totals.update({"inquiries": 1, kind: 1, "billed": int(entry.billed), "cost": entry.cost})


def render_totals(totals: Counter[str]) -> dict[str, int]:
    names = ("inquiries", "done", "stored", "failed", "unknown", "open", "billed", "cost")
    return {name: totals[name] for name in names}


def _midnight(day: date) -> str:
    return format_moment(datetime.combine(day, time.min, SAO_PAULO))


def _midnight_after(day: date) -> str:
    try:
        return _midnight(day + timedelta(days=1))
    except OverflowError as error:
        raise InvalidInput([PERIOD_TOO_LATE.at("end")]) from error
