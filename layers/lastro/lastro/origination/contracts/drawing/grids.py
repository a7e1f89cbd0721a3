"""Boxes, label-and-value grids and tables of the contract."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import white
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from lastro.origination.contracts.drawing.styles import (
    CELL,
    CELL_HEAD,
    CELL_HEAD_RIGHT,
    CELL_RIGHT,
    CELL_STRONG,
    CELL_STRONG_RIGHT,
    LABEL,
    NAVY,
    RULE,
    SECTION,
    STRIPE,
    TEXT_WIDTH,
    VALUE,
    WASH,
    text,
)

_LEAST_ROOM = 26 * mm
_TALL = 90 * mm

Fact = tuple[str, str] | tuple[str, str, ParagraphStyle]
"""A label and its value, and the value's style when it is not the usual one."""


def heading(title: str) -> list[Flowable]:
    """The bar above a quadro; it never stands alone at the foot of a page."""
    return [CondPageBreak(_LEAST_ROOM), _bar(title)]


def quadro(title: str, content: Sequence[Flowable]) -> list[Flowable]:
    """A bar and what belongs to it, on one page when it fits one."""
    return [KeepTogether([_bar(title), *content])]


def _bar(title: str) -> Flowable:
    bar = Table([[text(title, SECTION)]], colWidths=[TEXT_WIDTH])
    bar.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), NAVY),
                ("TOPPADDING", (0, 0), (-1, -1), 2.6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
            ]
        )
    )
    bar.spaceBefore = 7
    return bar


def facts(rows: Sequence[Sequence[Fact]]) -> list[Flowable]:
    """Rows of labelled values that share the width evenly; each row is a table, so columns need not agree."""
    lines: list[Flowable] = []
    for row in rows:
        cells = [[text(fact[0], LABEL), text(fact[1] or "-", fact[2] if len(fact) > 2 else VALUE)] for fact in row]
        width = TEXT_WIDTH / len(row)
        # A row breaks over pages only when it is no row any more: a name of thousands of letters.
        tall = any(sum(part.wrap(width, _TALL)[1] for part in cell) > _TALL for cell in cells)
        line = Table([cells], colWidths=[width] * len(row), splitInRow=int(tall))
        line.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("INNERGRID", (0, 0), (-1, -1), 0.4, RULE),
                    ("BOX", (0, 0), (-1, -1), 0.4, RULE),
                    ("TOPPADDING", (0, 0), (-1, -1), 2.2),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                    ("LEFTPADDING", (0, 0), (-1, -1), 5),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
                ]
            )
        )
        lines.append(line)
    return lines


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    amounts: int,
    last_strong: bool = False,
) -> Flowable:
    """A table with its head on every page; its last ``amounts`` columns hold figures, set to the right.

    ``widths`` are parts of the whole; ``last_strong`` prints the last row as a total.
    """
    is_amount = [position >= len(head) - amounts for position in range(len(head))]
    heads = (CELL_HEAD, CELL_HEAD_RIGHT)
    cells = [[text(name, heads[right]) for name, right in zip(head, is_amount, strict=True)]]
    for number, row in enumerate(rows):
        strong = last_strong and number == len(rows) - 1
        styles = (CELL_STRONG, CELL_STRONG_RIGHT) if strong else (CELL, CELL_RIGHT)
        cells.append([text(value, styles[right]) for value, right in zip(row, is_amount, strict=True)])
    scale = TEXT_WIDTH / sum(widths)
    made = Table(cells, colWidths=[width * scale for width in widths], repeatRows=1)
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("BACKGROUND", (0, 0), (-1, 0), WASH),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, STRIPE]),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
            ("BOX", (0, 0), (-1, -1), 0.4, RULE),
            ("TOPPADDING", (0, 0), (-1, -1), 1.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ]
    )
    if last_strong:
        style.add("BACKGROUND", (0, -1), (-1, -1), WASH)
    made.setStyle(style)
    return made


def gap(points: float) -> Flowable:
    return Spacer(1, points)
