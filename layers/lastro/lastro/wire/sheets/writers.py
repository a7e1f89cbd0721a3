"""Which writer makes a file of which kind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.wire.sheets.cells import SheetWriter


def find_writer(kind: str, title: str) -> SheetWriter:
    """The writer of a format, imported when it is wanted; ``title`` names its sheet."""
    if kind == "xlsx":
        from lastro.wire.sheets.xlsx_file import write_xlsx

        return partial(write_xlsx, title=title)
    from lastro.wire.sheets.csv_file import write_csv

    return write_csv
