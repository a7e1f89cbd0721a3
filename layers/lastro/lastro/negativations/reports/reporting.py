"""The report "Negativações de crédito": rows of a page, figures over keys, and all of it as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from lastro.aws.reports import MAX_ROWS, MOST_WALKED, Written
from lastro.kernel.calendar import SAO_PAULO, format_moment, start_of_day
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import KeyedRequest
from lastro.negativations.deadlines.model import shown_deadline
from lastro.negativations.errors import PERIOD_LENGTH, TOO_MANY_LISTINGS
from lastro.negativations.listings.model import Listing, concerns_of
from lastro.negativations.listings.rendering import render_listing
from lastro.negativations.listings.views import ListingView
from lastro.negativations.pages import read_cursor
from lastro.negativations.reports.counting import Figures, last_months
from lastro.negativations.reports.requests import ExportListings, ListingFilters, ReportListings
from lastro.negativations.reports.views import (
    ListingFile,
    ListingFileAnswer,
    ListingReport,
    ListingTotals,
    MonthCount,
    ReasonCount,
    StatusCount,
)

if TYPE_CHECKING:
    from lastro.aws.reports import ReportFiles
    from lastro.negativations.listings.entries import ListingEntry
    from lastro.negativations.listings.store import ListingStore
    from lastro.wire.sheets.cells import Cell, SheetWriter

MAX_DAYS = 366
MOST_COUNTED = 20_000
"""Keys that one answer adds up: some forty queries."""
MOST_LOOKED = 5_000
"""Keys that a later page looks at for its rows."""
_BATCH = 100
_PAGE = 500
HEADINGS = (
    *("Data", "Status", "Origem", "Birô", "Ambiente", "Filial", "Boleto", "Devedor", "Contrato", "Natureza"),
    *("Vencimento", "Valor", "Incluída em", "Ativa desde", "Baixa: motivo", "Baixada em", "Prazo da baixa", "Crítica"),
)


@dataclass(frozen=True)
class ListingReports:
    """Reads the report."""

    store: ListingStore

    def read(self, request: ReportListings, caller: Caller) -> ListingReport:
        """A page of the listings that the filters let through, with the totals of all of them on the first page: of the
        newest ``MOST_COUNTED``, which those behind ``totals_cursor`` are to be added to.

        Raises ``InvalidInput`` for a period of no day or of more than 366, and for a cursor never given.
        """
        rows_below = read_cursor(request.cursor, "listings_reported")
        figures_below = read_cursor(request.totals_cursor, "listings_counted", "totals_cursor")
        start, end = _period(request)
        figures, last, goes_on = Figures(), "", False
        rows: list[ListingEntry] = []
        # What came up or went down in twelve months may have been asked for at any time before.
        since, most = (start, MOST_LOOKED) if rows_below else ("", MOST_COUNTED)
        until = min(end, rows_below or end, figures_below or end)
        page = request.per_page + 1 if rows_below and not _narrows(request) else _PAGE
        entries = self.store.list_entries(caller.partner_id, since=since, until=until, page=page)
        for looked, entry in enumerate(entries):
            if looked == most or (rows_below and len(rows) > request.per_page):
                goes_on = True
                break
            last = entry.place
            if _takes(request, entry):
                figures.add_days(entry)
                if entry.created_at >= start:
                    figures.add(entry)
                    rows.append(entry)
        shown = [] if figures_below else rows[: request.per_page]
        behind = last if goes_on and last >= start else ""
        if len(rows) > request.per_page:
            behind = rows[request.per_page - 1].place
        found = self.store.find_many([entry.id for entry in shown])
        return ListingReport(
            data=[ListingView(**render_listing(found[entry.id])) for entry in shown if entry.id in found],
            totals=None if rows_below else _totals(figures, request, last if goes_on else None),
            next_cursor=spell_cursor(behind, "listings_reported") if behind and not figures_below else None,
        )


@dataclass(frozen=True)
class ListingExport:
    """Writes the report into a file. ``writers`` by format."""

    store: ListingStore
    files: ReportFiles
    writers: Callable[[str], SheetWriter]

    def export(self, request: ExportListings, caller: Caller) -> ListingFileAnswer:
        """The address of a file with every listing the filters let through, of the newest ``MOST_WALKED``: those behind
        ``next_cursor`` make further files. The same request gives the same file.

        Raises ``InvalidInput`` for a wrong period, for a cursor never given, and ``BusinessRefusal`` when there are
        more rows than a file holds.
        """
        asked = request.report

        def write() -> Written:
            below, (since, until) = read_cursor(asked.cursor, "listings_written", "report.cursor"), _period(asked)
            walked = self.store.list_entries(
                caller.partner_id, since=since, until=min(until, below or until), page=_PAGE
            )
            figures = Figures()
            entries: list[ListingEntry] = []
            last, next_cursor = "", ""
            for looked, entry in enumerate(walked):
                if looked == MOST_WALKED:
                    next_cursor = spell_cursor(last, "listings_written")
                    break
                last = entry.place
                if _takes(asked, entry):
                    figures.add(entry)
                    entries.append(entry)
                if len(entries) > MAX_ROWS:
                    raise TOO_MANY_LISTINGS(most=MAX_ROWS)
            return Written(self.writers(asked.format)(HEADINGS, self._rows(entries), _sums(figures)), next_cursor)

        keyed = KeyedRequest.of(
            f"export_negativations#{caller.partner_id}", request.idempotency_key, asked.model_dump_json()
        )
        stem = f"negativacoes-{asked.start:%Y%m%d}-{asked.end:%Y%m%d}"
        link = self.files.give(caller.partner_id, keyed, stem, asked.format, write)
        return ListingFileAnswer(
            data=ListingFile(
                url=link.url, file_name=link.file_name, expires_at=link.expires_at, next_cursor=link.next_cursor
            )
        )

    def _rows(self, entries: Sequence[ListingEntry]) -> Iterator[Sequence[Cell]]:
        for start in range(0, len(entries), _BATCH):
            names = [entry.id for entry in entries[start : start + _BATCH]]
            found = self.store.find_many(names)
            yield from (_row(found[name]) for name in names if name in found)


def _period(filters: ListingFilters) -> tuple[str, str]:
    """The ISO moments between which the listings of a report were made. Raises ``InvalidInput`` for a wrong period."""
    if not timedelta(0) <= filters.end - filters.start < timedelta(days=MAX_DAYS):
        raise InvalidInput([PERIOD_LENGTH.at("end", most=MAX_DAYS)])
    return format_moment(start_of_day(filters.start)), format_moment(start_of_day(filters.end + timedelta(days=1)))


def _takes(filters: ListingFilters, entry: ListingEntry) -> bool:
    return (
        filters.status in (None, entry.status)
        and filters.origin in (None, entry.origin)
        and filters.branch_id in (None, entry.branch_id)
        and filters.provider in (None, entry.provider)
    )


def _narrows(filters: ListingFilters) -> bool:
    return any(each is not None for each in (filters.status, filters.origin, filters.branch_id, filters.provider))


def _totals(figures: Figures, filters: ListingFilters, counted_to: str | None) -> ListingTotals:
    return ListingTotals(
        listings=figures.listings,
        amount_cents=figures.amount,
        critical=figures.critical,
        statuses=[StatusCount(status=name, listings=count) for name, count in sorted(figures.statuses.items())],
        reasons=[ReasonCount(reason=name, listings=count) for name, count in sorted(figures.reasons.items())],
        months=[
            MonthCount(month=month, inclusions=figures.inclusions[month], removals=figures.removals[month])
            for month in last_months(filters.end)
        ],
        next_cursor=spell_cursor(counted_to, "listings_counted") if counted_to else None,
    )


def _sums(figures: Figures) -> list[tuple[str, Cell]]:
    sums: list[tuple[str, Cell]] = [
        ("Negativações", figures.listings),
        ("Valor", _reais(figures.amount)),
        ("Críticas", figures.critical),
    ]
    sums += [(f"Status {name}", count) for name, count in sorted(figures.statuses.items())]
    return sums + [(f"Motivo {name}", count) for name, count in sorted(figures.reasons.items())]


def _row(listing: Listing) -> Sequence[Cell]:
    return (
        _local(listing.created_at),
        listing.status.value,
        listing.origin.value,
        listing.provider,
        listing.environment,
        listing.branch_id,
        listing.boleto_id,
        str(listing.person.document),
        listing.debt.contract,
        listing.debt.nature,
        f"{listing.debt.due_on:%d/%m/%Y}",
        _reais(listing.debt.amount),
        _local(listing.included_at),
        _local(listing.listed_at),
        listing.removal.reason if listing.removal else None,
        _local(listing.removed_at),
        f"{due_on:%d/%m/%Y}" if (due_on := shown_deadline(listing)) else None,
        "sim" if concerns_of(listing) else "não",
    )


def _local(moment: datetime | None) -> Cell:
    return moment.astimezone(SAO_PAULO).replace(tzinfo=None) if moment else None


def _reais(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
