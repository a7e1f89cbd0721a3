"""Reading inquiries: one whole, a page of the partner's, a page of a subject's, the files of one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from lastro.bureaus.errors import FILE_NOT_FOUND, INQUIRY_NOT_FOUND
from lastro.bureaus.inquiries.archive_names import inquiry_file, saved_name, source_of
from lastro.bureaus.inquiries.cursors import read_cursor
from lastro.bureaus.inquiries.rendering import files_of, render_inquiry, render_row
from lastro.bureaus.orders.stored_answers import PART_GONE, read_result
from lastro.bureaus.reports.packing import unpack_json
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.bureaus.inquiries.requests import DownloadInquiry, FindInquiry, ListInquiries, ListSubjectInquiries
    from lastro.bureaus.inquiries.store import InquiryStore
    from lastro.bureaus.model import Inquiry
    from lastro.bureaus.records import LogEntry
    from lastro.kernel.callers.caller import Caller

_LINK_SECONDS = 60
_OF_PARTNER, _OF_SUBJECT = "inquiries", "subject_inquiries"
_LATEST = "~"
_ADDRESS = ("line", "district", "city", "federal_unit", "zip_code")
MAX_LOOKED = 2000
"""Lines of the log that one page looks at."""


@dataclass(frozen=True)
class InquiryReading:
    """Reads a partner's inquiries; only what the caller sees."""

    store: InquiryStore

    def read(self, request: FindInquiry, caller: Caller) -> str:
        """An inquiry with its result. Raises ``NotFound`` when absent or another partner's."""
        inquiry = find_own(self.store, request.inquiry_id, caller)
        result = read_result(self.store, inquiry)
        alerts = () if result.whole else (PART_GONE,)
        return json.dumps(render_inquiry(inquiry, result.packed, alerts), ensure_ascii=False)

    def find_personal_fields(self, inquiry_id: str, caller: Caller) -> Mapping[str, Sequence[str]]:
        """What screens mask of an answer, by field; nothing where the bureau did not say. Raises ``NotFound``."""
        inquiry = find_own(self.store, inquiry_id, caller)
        packed = read_result(self.store, inquiry).packed
        identity = unpack_json(packed)["identity"] if packed else {}
        addresses = (
            ", ".join(str(each[part]) for part in _ADDRESS if each.get(part)) for each in identity.get("addresses", ())
        )
        return {
            "document": [inquiry.document.value],
            **{name: [identity[name]] if identity.get(name) else [] for name in ("birth_date", "mother_name")},
            "phones": list(identity.get("phones", ())),
            "addresses": [each for each in addresses if each],
        }

    def list_page(self, request: ListInquiries, caller: Caller) -> str:
        """A page of the partner's inquiries, newest first. Raises ``InvalidInput`` for a cursor never given.

        A store whose inquiries lie far apart may get a page that is not full though there are more.
        """
        after = read_cursor(request.cursor, _OF_PARTNER)
        page = request.per_page + 1 if sees_all(caller) else None
        log = self.store.list_log(caller.partner_id, since="", until=_LATEST, after=after, page=page)
        found: list[LogEntry] = []
        looked: LogEntry | None = None
        for looked in islice(log, MAX_LOOKED):
            if is_within(looked, caller):
                found.append(looked)
            if len(found) > request.per_page:
                return self._page([(each.place, each.id) for each in found], request.per_page, caller, _OF_PARTNER)
        more = looked if next(log, None) else None
        return self._render([each.id for each in found], more.place if more else None, caller, _OF_PARTNER)

    def list_of_subject(self, request: ListSubjectInquiries, caller: Caller) -> str:
        """The history of a client, lead or prospect ("Consultas de análise de crédito"), newest first."""
        after = read_cursor(request.cursor, _OF_SUBJECT)
        places = self.store.list_of_subject(
            caller.partner_id,
            request.subject_type,
            request.subject_id,
            after=after or _LATEST,
            limit=request.per_page + 1,
        )
        return self._page(places, request.per_page, caller, _OF_SUBJECT)

    def _page(self, places: list[tuple[str, str]], per_page: int, caller: Caller, of: str) -> str:
        last = places[per_page - 1][0] if len(places) > per_page else None
        return self._render([name for _, name in places[:per_page]], last, caller, of)

    def _render(self, ids: Sequence[str], last: str | None, caller: Caller, of: str) -> str:
        """The inquiries, and a cursor behind ``last`` when there are more."""
        rows = self.store.find_many(ids)
        shown = [render_row(row) for row in rows if is_within(row, caller)]
        cursor = spell_cursor(last, of) if last else None
        return json.dumps({"data": shown, "next_cursor": cursor}, ensure_ascii=False)


@dataclass(frozen=True)
class InquiryFiles:
    """Gives the addresses of an inquiry's files."""

    store: InquiryStore
    archive: Files
    clock: Clock

    def link(self, request: DownloadInquiry, caller: Caller) -> str:
        """A private address of a file, good for a minute. Raises ``NotFound`` when there is no such file."""
        inquiry = find_own(self.store, request.inquiry_id, caller)
        content_type = files_of(inquiry).get(request.file)
        if content_type is None:
            raise FILE_NOT_FOUND()
        name = saved_name(f"consulta-{inquiry.id}", content_type)
        place = inquiry_file(inquiry.partner_id, source_of(inquiry), request.file)
        return render_link(self.archive, self.clock, place, name, content_type)


def render_link(archive: Files, clock: Clock, place: str, name: str, content_type: str) -> str:
    """The answer that carries a file's address."""
    url = archive.link(place, seconds=_LINK_SECONDS, save_as=name, media_type=content_type)
    expires_at = format_moment(clock.now() + timedelta(seconds=_LINK_SECONDS))
    link = {"url": url, "file_name": name, "content_type": content_type, "expires_at": expires_at}
    return json.dumps({"data": link}, ensure_ascii=False)


def find_own(store: InquiryStore, inquiry_id: str, caller: Caller) -> Inquiry:
    """Raises ``NotFound`` when absent or another partner's."""
    found = store.find(inquiry_id)
    if found is None or found.partner_id != caller.partner_id or not is_within(found, caller):
        raise INQUIRY_NOT_FOUND()
    return found


def sees_all(caller: Caller) -> bool:
    """Whether every inquiry of its partner is within what a caller sees."""
    return not caller.bound and caller.panel is None and caller.chosen_store is None


def is_within(row: LogEntry | Inquiry, caller: Caller) -> bool:
    """Whether a caller sees an inquiry of its partner."""
    return caller.sees(row.store_id) and caller.sees_panel(row.panel)
