"""The report as CSV for Brazilian spreadsheets: semicolons, decimal commas, UTF-8 with its mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from lastro.bureaus.sheets.cells import MONEY, plain_text, reais

Cell = str | int | None


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]], totals: Sequence[tuple[str, int]]) -> bytes:
    """Headings, rows, an empty line, then one line a total."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_spell(heading, cell) for heading, cell in zip(headings, row, strict=True)])
    writer.writerow([])
    writer.writerows([name, _spell(name, value)] for name, value in totals)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _spell(heading: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return f"{reais(cell):.2f}".replace(".", ",") if heading in MONEY else str(cell)
    return plain_text(cell)
