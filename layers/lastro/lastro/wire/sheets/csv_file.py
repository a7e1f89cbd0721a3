"""The report as CSV for Brazilian spreadsheets: semicolons, decimal commas, days first, UTF-8 with its mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from lastro.kernel.texts.formulas import plain_text
from lastro.wire.sheets.cells import Cell


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]], totals: Sequence[tuple[str, Cell]]) -> bytes:
    """Headings, rows, an empty line, then one line a total."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(map(_spell, row) for row in rows)
    writer.writerow([])
    writer.writerows([name, _spell(value)] for name, value in totals)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _spell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M:%S}"
        case Decimal():
            return f"{cell:.2f}".replace(".", ",")
        case int():
            return str(cell)
    return plain_text(cell)
