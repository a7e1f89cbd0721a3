"""Joins the list of inquiries as figures and files to its adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from lastro.bureaus.wiring import open_archive, open_inquiry_store, open_table
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.bureaus.statistics.counting import InquiryStatistics
    from lastro.bureaus.statistics.exporting import InquiryExport
    from lastro.wire.sheets.cells import SheetWriter


@cache
def open_statistics() -> InquiryStatistics:
    from lastro.bureaus.statistics.counting import InquiryStatistics

    return InquiryStatistics(open_inquiry_store())


@cache
def open_export() -> InquiryExport:
    from lastro.aws.reports import ReportFiles
    from lastro.bureaus.orders.store import AttemptStore
    from lastro.bureaus.statistics.exporting import InquiryExport

    files = ReportFiles(AttemptStore(open_table()), open_archive(), CLOCK, uuid4)
    return InquiryExport(open_inquiry_store(), files, _find_writer)


def _find_writer(kind: str) -> SheetWriter:
    from lastro.wire.sheets.writers import find_writer

    return find_writer(kind, "Consultas")
