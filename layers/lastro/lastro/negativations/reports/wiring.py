"""Joins the reports of negative listings to their adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from lastro.aws.settings import read_setting
from lastro.kernel.calendar import CLOCK
from lastro.negativations.wiring import open_listing_store

if TYPE_CHECKING:
    from lastro.negativations.reports.reporting import ListingExport, ListingReports
    from lastro.wire.sheets.cells import SheetWriter


@cache
def open_listing_reports() -> ListingReports:
    from lastro.negativations.reports.reporting import ListingReports

    return ListingReports(open_listing_store())


@cache
def open_listing_export() -> ListingExport:
    from lastro.aws.files import Files
    from lastro.aws.reports import ReportFiles
    from lastro.negativations.reports.reporting import ListingExport

    archive = Files(read_setting("LASTRO_INQUIRIES_BUCKET"))
    return ListingExport(open_listing_store(), ReportFiles(open_listing_store(), archive, CLOCK, uuid4), _find_writer)


def _find_writer(kind: str) -> SheetWriter:
    from lastro.wire.sheets.writers import find_writer

    return find_writer(kind, "Negativações")
