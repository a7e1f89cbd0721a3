"""The report as an XLSX workbook, written row by row with XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the library ships no types, and nobody publishes stubs

from lastro.wire.sheets.cells import Cell

_WIDTH = 18
"""Characters."""


def write_xlsx(
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    totals: Sequence[tuple[str, Cell]],
    *,
    title: str,
) -> bytes:
    """One sheet of rows under its title, one of totals; texts are texts, whatever they begin with."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        bold = workbook.add_format({"bold": True})
        formats = {
            Decimal: workbook.add_format({"num_format": "#,##0.00"}),
            datetime: workbook.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
        }
        sheet = workbook.add_worksheet(title)
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, _WIDTH)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, formats)
        sums = workbook.add_worksheet("Totais")
        sums.set_column(0, 0, _WIDTH)
        for number, (name, value) in enumerate(totals):
            sums.write_string(number, 0, name, bold)
            _write(sums, number, 1, value, formats)
    return target.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: Mapping[type, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(row, column, cell)
        case datetime():
            sheet.write_datetime(row, column, cell, formats[datetime])
        case _:
            sheet.write_number(row, column, cell, formats.get(type(cell)))
