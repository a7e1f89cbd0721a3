"""The report "Consultas de análise de crédito": filters and totals over the log's keys, rows for one page only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from lastro.bureaus.errors import PERIOD_LENGTH, PERIOD_TOO_LATE
from lastro.bureaus.inquiries.cursors import read_cursor
from lastro.bureaus.inquiries.reading import is_within, sees_all
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
MOST_COUNTED = 20_000
"""Lines of the log that one answer adds up: a dozen queries at most."""
MOST_LOOKED = 5_000
"""Lines that a later page looks at for its rows."""


@dataclass(frozen=True)
class InquiryStatistics:
    """Reads the report."""

    store: InquiryStore

    def read(self, request: ReportInquiries, caller: Caller) -> str:
        """A page of the inquiries that the filters let through, with the totals of all of them on the first page: of
        those among the newest ``MOST_COUNTED``, which those behind ``totals_cursor`` are to be added to.

        Raises ``InvalidInput`` for a period of no day or of more than 366, and for a cursor never given.
        """
        rows_below = read_cursor(request.cursor, "inquiries_reported")
        totals_below = read_cursor(request.totals_cursor, "inquiries_counted", "totals_cursor")
        page, most = None, MOST_COUNTED
        if rows_below:
            page, most = request.per_page + 1 if sees_all(caller) and not _narrows(request) else None, MOST_LOOKED
        rows: list[LogEntry] = []
        totals = Counter[str]()
        last, goes_on = "", False
        takes = filter_of(request, caller)
        log = list_period(self.store, request, caller, after=rows_below or totals_below, page=page)
        for looked, entry in enumerate(log):
            if looked == most or (rows_below and len(rows) > request.per_page):
                goes_on = True
                break
            last = entry.place
            if takes(entry):
                count(totals, entry)
                if len(rows) <= request.per_page:
                    rows.append(entry)
        shown = rows[: request.per_page]
        behind = shown[-1].place if len(rows) > len(shown) else last if goes_on else ""
        found = [] if totals_below else self.store.find_many([entry.id for entry in shown])
        counted_to = spell_cursor(last, "inquiries_counted") if goes_on else None
        answer = {
            "data": [render_row(row) for row in found],
            "totals": None if rows_below else {**render_totals(totals), "next_cursor": counted_to},
            "next_cursor": spell_cursor(behind, "inquiries_reported") if behind and not totals_below else None,
        }
        return json.dumps(answer, ensure_ascii=False)


def list_period(
    store: InquiryStore, filters: InquiryFilters, caller: Caller, *, after: str = "", page: int | None = None
) -> Iterator[LogEntry]:
    """The log of a period, newest first, behind a place. Raises ``InvalidInput`` for a wrong period."""
    if not timedelta(0) <= filters.end - filters.start < timedelta(days=MAX_DAYS):
        raise InvalidInput([PERIOD_LENGTH.at("end", most=MAX_DAYS)])
    since, until = _midnight(filters.start), _midnight_after(filters.end)
    return store.list_log(caller.partner_id, since=since, until=until, after=after, page=page)


def filter_of(filters: InquiryFilters, caller: Caller) -> Callable[[LogEntry], bool]:
    """Whether an entry of the log is asked for and may be seen."""
    requester = digest_requester(filters.requested_by) if filters.requested_by is not None else None

    def takes(entry: LogEntry) -> bool:
        return (
            is_within(entry, caller)
            and filters.integration_id in (None, entry.integration_id)
            and filters.report in (None, entry.report)
            and filters.branch_id in (None, entry.branch_id)
            and requester in (None, entry.requester)
        )

    return takes


def _narrows(filters: InquiryFilters) -> bool:
    names = (filters.integration_id, filters.report, filters.branch_id, filters.requested_by)
    return any(each is not None for each in names)


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
