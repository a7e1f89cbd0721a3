"""The report "Negativações de crédito": rows of a page, figures over keys, and all of it as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from lastro.aws.reports import MAX_ROWS
from lastro.kernel.attempt import Attempt
from lastro.kernel.calendar import SAO_PAULO, format_moment, start_of_day
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.negativations.deadlines.model import shown_deadline
from lastro.negativations.errors import PERIOD_LENGTH, TOO_MANY_LISTINGS
from lastro.negativations.listings.model import Listing, concerns_of
from lastro.negativations.listings.rendering import render_listing
from lastro.negativations.listings.views import ListingView
from lastro.negativations.pages import read_cursor
from lastro.negativations.reports.counting import Figures, count_all, last_months
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
    from lastro.bureaus.service import Cell, SheetWriter
    from lastro.negativations.listings.rows.entries import ListingEntry
    from lastro.negativations.listings.store import ListingStore

MAX_DAYS = 366
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
        """A page of the listings that the filters let through, with the totals of all of them on the first page.

        Raises ``InvalidInput`` for a period of no day or of more than 366, and for a cursor never given.
        """
        after = read_cursor(request.cursor)
        start, _ = period = _period(request)
        if after:
            totals = None
            walked = _walk(self.store, request, caller, (start, min(after, period[1])), request.per_page + 1)
            following = list(islice((entry for entry in walked if entry.place < after), request.per_page + 1))
        else:
            # What came up or went down in twelve months may have been asked for at any time before.
            figures, following = count_all(_walk(self.store, request, caller, ("", period[1])), start)
            totals = _totals(figures, request)
        shown = following[: request.per_page]
        found = self.store.find_many([entry.id for entry in shown])
        return ListingReport(
            data=[ListingView(**render_listing(found[entry.id])) for entry in shown if entry.id in found],
            totals=totals,
            next_cursor=spell_cursor(shown[-1].place) if len(following) > len(shown) else None,
        )


@dataclass(frozen=True)
class ListingExport:
    """Writes the report into a file. ``writers`` by format."""

    store: ListingStore
    files: ReportFiles
    writers: Callable[[str], SheetWriter]

    def export(self, request: ExportListings, caller: Caller) -> ListingFileAnswer:
        """The address of a file with every listing the filters let through; the same attempt gives the same file.

        Raises ``InvalidInput`` for a wrong period and ``BusinessRefusal`` when there are more rows than a file holds.
        """
        asked = request.report

        def write() -> bytes:
            period = _period(asked)
            figures, entries = count_all(_walk(self.store, asked, caller, period), period[0])
            if len(entries) > MAX_ROWS:
                raise TOO_MANY_LISTINGS(most=MAX_ROWS)
            return self.writers(asked.format)(HEADINGS, self._rows(entries), _sums(figures))

        attempt = Attempt.of(
            f"export_negativations#{caller.partner_id}", request.idempotency_key, asked.model_dump_json()
        )
        stem = f"negativacoes-{asked.start:%Y%m%d}-{asked.end:%Y%m%d}"
        link = self.files.give(caller.partner_id, attempt, stem, asked.format, write)
        return ListingFileAnswer(data=ListingFile(url=link.url, file_name=link.file_name, expires_at=link.expires_at))

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


def _walk(
    store: ListingStore, filters: ListingFilters, caller: Caller, between: tuple[str, str], page: int = _PAGE
) -> Iterator[ListingEntry]:
    since, until = between
    for entry in store.list_entries(caller.partner_id, since=since, until=until, page=page):
        if (
            filters.status in (None, entry.status)
            and filters.origin in (None, entry.origin)
            and filters.branch_id in (None, entry.branch_id)
            and filters.provider in (None, entry.provider)
        ):
            yield entry


def _totals(figures: Figures, filters: ListingFilters) -> ListingTotals:
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
