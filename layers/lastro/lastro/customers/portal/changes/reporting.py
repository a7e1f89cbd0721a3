"""The report "Alterações cadastrais": rows of a page, and all of a period as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from lastro.aws.reports import MAX_ROWS, Written
from lastro.customers.portal.changes.model import Change, Period, Way, days_of
from lastro.customers.portal.changes.requests import ChangeFilters, ExportChanges, ReportChanges
from lastro.customers.portal.changes.views import ChangeFile, ChangeFileAnswer, ChangeReport, view_change
from lastro.customers.portal.cursors import place_of, read_cursor
from lastro.customers.portal.errors import DAYS_MISSING, DAYS_UNWANTED, PERIOD_LENGTH, TOO_MANY_CHANGES
from lastro.customers.portal.fields import manages
from lastro.customers.portal.registration.model import RegistrationField
from lastro.kernel.calendar import SAO_PAULO, Clock, format_moment, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import KeyedRequest

if TYPE_CHECKING:
    from lastro.aws.reports import ReportFiles
    from lastro.customers.portal.store import PortalStore
    from lastro.wire.sheets.cells import Cell, SheetWriter

MAX_DAYS = 366
_PAGE = 500
HEADINGS = ("Data", "Pessoa", "Nome", "Origem", "Campo", "Antes", "Depois")
WAYS = {Way.FORM: "formulário", Way.OWN_DATA: "dados próprios"}
FIELDS = {
    RegistrationField.NAME: "Nome",
    RegistrationField.RG: "RG",
    RegistrationField.FAMILY_INCOME: "Renda familiar (centavos)",
    RegistrationField.MOBILE: "Telefone celular",
    RegistrationField.EMAIL: "E-mail",
    RegistrationField.ZIP_CODE: "CEP",
    RegistrationField.ADDRESS: "Endereço",
}


@dataclass(frozen=True)
class ChangeReports:
    """Reads the report."""

    store: PortalStore
    clock: Clock

    def read(self, request: ReportChanges, caller: Caller) -> ChangeReport:
        """A page of the period's changes. Raises ``InvalidInput`` for a wrong period and a cursor never given."""
        after = read_cursor(request.cursor, "portal_changes")
        first, last = _days(request, local_date(self.clock.now()), "")
        walked = self.store.walk_changes(caller.partner_id, first, last, after, request.per_page + 2)
        found = list(islice(walked, request.per_page + 1))
        page = found[: request.per_page]
        place = place_of(format_moment(page[-1].at), page[-1].id) if len(found) > len(page) else None
        return ChangeReport(
            start=first.isoformat(),
            end=last.isoformat(),
            registration_changes=[view_change(change, plain=manages(caller)) for change in page],
            next_cursor=spell_cursor(place, "portal_changes") if place else None,
        )


@dataclass(frozen=True)
class ChangeExport:
    """Writes the report into a file. ``writers`` by format."""

    store: PortalStore
    files: ReportFiles
    clock: Clock
    writers: Callable[[str], SheetWriter]

    def export(self, request: ExportChanges, caller: Caller) -> ChangeFileAnswer:
        """The address of a file with every field that changed in the period; the same request gives the same file,
        that of the month in which it was asked for first.

        Raises ``InvalidInput`` for a wrong period and ``BusinessRefusal`` when there are more rows than a file holds.
        """
        asked = request.report
        first, last = _days(asked, local_date(self.clock.now()), "report.")

        def write() -> Written:
            walked = self.store.walk_changes(caller.partner_id, first, last, "", _PAGE)
            changes = list(islice(walked, MAX_ROWS + 1))
            if sum(len(change.fields) for change in changes) > MAX_ROWS:
                raise TOO_MANY_CHANGES(most=MAX_ROWS)
            rows = (row for change in changes for row in _rows(change, plain=manages(caller)))
            return Written(self.writers(asked.format)(HEADINGS, rows, _sums(changes)))

        keyed = KeyedRequest.of(
            f"export_registration_changes#{caller.holder}", request.idempotency_key, asked.model_dump_json()
        )
        link = self.files.give(
            caller.partner_id, keyed, f"alteracoes-{first:%Y%m%d}-{last:%Y%m%d}", asked.format, write
        )
        return ChangeFileAnswer(file=ChangeFile(url=link.url, file_name=link.file_name, expires_at=link.expires_at))


def _days(filters: ChangeFilters, today: date, within: str) -> tuple[date, date]:
    sent = {"start": filters.start, "end": filters.end}
    if filters.period is not Period.CUSTOM:
        unwanted = [DAYS_UNWANTED.at(within + name) for name, day in sent.items() if day is not None]
        if unwanted:
            raise InvalidInput(unwanted)
        return days_of(filters.period, today)
    if filters.start is None or filters.end is None:
        raise InvalidInput([DAYS_MISSING.at(within + name) for name, day in sent.items() if day is None])
    if not timedelta(0) <= filters.end - filters.start < timedelta(days=MAX_DAYS):
        raise InvalidInput([PERIOD_LENGTH.at(f"{within}end", most=MAX_DAYS)])
    return filters.start, filters.end


def _rows(change: Change, *, plain: bool) -> Iterator[Sequence[Cell]]:
    view = view_change(change, plain=plain)
    at = change.at.astimezone(SAO_PAULO).replace(tzinfo=None)
    for each in view.fields:
        yield (at, view.person_id, view.name, WAYS[change.way], FIELDS[each.field], each.before, each.after)


def _sums(changes: Sequence[Change]) -> list[tuple[str, Cell]]:
    fields = Counter(each.field for change in changes for each in change.fields)
    return [("Alterações", len(changes)), *((FIELDS[name], fields[name]) for name in RegistrationField)]
