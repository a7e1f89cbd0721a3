"""The report as an XLSX workbook, written row by row with XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the library ships no types, and nobody publishes stubs

from lastro.bureaus.sheets.cells import MONEY, reais

Cell = str | int | None


def write_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]], totals: Sequence[tuple[str, int]]) -> bytes:
    """One sheet of rows, one of totals; texts are texts, whatever they begin with."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet("Consultas")
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, (heading, cell) in enumerate(zip(headings, row, strict=True)):
                _write(sheet, number, column, heading, cell, money)
        sums = book.add_worksheet("Totais")
        for number, (name, value) in enumerate(totals):
            sums.write_string(number, 0, name, bold)
            _write(sums, number, 1, name, value, money)
    return target.getvalue()


def _write(
    sheet: Any,
    row: int,
    column: int,
    heading: str,
    cell: Cell,
    money: Any,
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif heading in MONEY:
        sheet.write_number(row, column, reais(cell), money)
    else:
        sheet.write_number(row, column, cell)
