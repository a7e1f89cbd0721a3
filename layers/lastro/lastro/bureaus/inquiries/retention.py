"""What inquiries keep of people, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from lastro.bureaus.inquiries.archive_names import inquiry_folder
from lastro.bureaus.inquiries.rendering import render_row
from lastro.bureaus.model import kept_until
from lastro.bureaus.reports.packing import unpack_json
from lastro.kernel.calendar import local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import Exported, Kind, Record, Standing

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.bureaus.inquiries.store import InquiryStore

RECORD = "inquiry"
INQUIRY = Kind(
    "inquiry",
    "Consulta a birô: quem consultou, quando e para quê (relatório e resposta bruta saem antes: em um ano ou a pedido)",
    least=6,
    most=60,
    basis="Decreto 7.829/2012, art. 10: consulentes dos últimos seis meses; até cinco anos (CDC arts. 27 e 43, § 1º)",
)


@dataclass(frozen=True)
class InquiryData:
    """Inquiries about a person (``PersonalData``). ``archive`` holds the raw answers."""

    store: InquiryStore
    archive: Files
    records: Sequence[str] = (RECORD,)
    kinds: Sequence[Kind] = field(default=(INQUIRY,))

    def look(self, record: Record) -> Standing | None:
        """It counts from the moment it was asked for; while it is open it is in use. Its answer goes before it."""
        inquiry = self.store.find(record.id)
        if inquiry is None:
            return None
        if inquiry.is_pending:
            return Standing(self.kinds[0], None)
        # A stored answer given once more is its source's, and goes with that.
        trims_on = local_date(kept_until(inquiry.created_at)) if inquiry.source_id is None else None
        return Standing(self.kinds[0], local_date(inquiry.created_at), trims_on)

    def export(self, record: Record) -> Exported | None:
        """The inquiry with its report, as long as that is kept."""
        inquiry = self.store.find(record.id)
        if inquiry is None:
            return None
        source = inquiry.source_id or inquiry.id
        packed = self.store.find_reports([source]).get(source)
        report = unpack_json(packed) if packed else None
        return Exported({**render_row(inquiry, masked=False), "result": report})

    def trim(self, record: Record) -> None:
        """Erase the report and the raw answer; the question that they answered is asked anew from now on."""
        inquiry = self.store.find(record.id)
        if inquiry is not None and not inquiry.is_pending:
            self.archive.mark_erasable(inquiry_folder(inquiry.partner_id, inquiry.id))
            self.store.forget_report(inquiry)

    def end(self, record: Record) -> bool:
        """Remove the inquiry with everything that leads to it."""
        inquiry = self.store.find(record.id)
        if inquiry is not None and inquiry.is_pending:
            return False
        if inquiry is None:
            return True
        self.trim(record)
        self.store.erase(inquiry)
        return True
