"""The paper: margins, head, foot and "Página x de y", drawn to the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from lastro.kernel.dataclass import dataclass
from lastro.origination.contracts.drawing.styles import (
    BOLD,
    FIXED,
    FOOTER_HEIGHT,
    GREY,
    HEADER_HEIGHT,
    MARGIN,
    NAVY,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    RULE,
    TEXT_WIDTH,
)
from lastro.origination.contracts.wording.typography import drawable

_HEAD_SIZE = 9.5
_LAST_COUNTS: dict[str, int] = {}


@dataclass(frozen=True)
class Sheet:
    """What every page carries: the creditor, the document's name and number, a hash, how its pages are called."""

    creditor: str
    document: str
    number: str
    content_hash: str
    page_label: str = "Página"
    hash_label: str = "SHA-256 do conteúdo"


def draw(sheet: Sheet, write: Callable[[], Sequence[Flowable]]) -> bytes:
    """A PDF of the story that ``write`` gives; the same story gives the same bytes: no time or random id goes in.

    The foot of the first page tells how many there are: it is laid out with as many as the last document of its kind
    had, and once more if it has more or fewer.
    """
    told = _LAST_COUNTS.get(sheet.document, 1)
    while True:
        buffer = BytesIO()
        count = _lay_out(sheet, write(), told, buffer)
        if count == told:
            _LAST_COUNTS[sheet.document] = count
            return buffer.getvalue()
        told = count


def _lay_out(sheet: Sheet, story: Sequence[Flowable], count: int, buffer: BytesIO) -> int:
    document = BaseDocTemplate(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=f"{sheet.document} {sheet.number}",
        author=drawable(sheet.creditor),
        subject=f"{sheet.hash_label} {sheet.content_hash}",
        creator="Lastro",
        lang="pt-BR",
        invariant=1,
    )
    bottom = MARGIN + FOOTER_HEIGHT
    frame = Frame(MARGIN, bottom, TEXT_WIDTH, PAGE_HEIGHT - MARGIN - HEADER_HEIGHT - bottom, 0, 0, 0, 0)

    def head_and_foot(canvas: Canvas, document: BaseDocTemplate) -> None:
        _draw_head(canvas, sheet)
        _draw_foot(canvas, sheet, document.page, count)

    document.addPageTemplates(PageTemplate("page", [frame], onPage=head_and_foot))
    document.build(list(story))
    return int(document.page)


def _draw_head(canvas: Canvas, sheet: Sheet) -> None:
    top = PAGE_HEIGHT - MARGIN + 4 * mm
    canvas.setFillColor(NAVY)
    canvas.rect(MARGIN, top - 1.2 * mm, 3.2 * mm, 5.4 * mm, stroke=0, fill=1)
    creditor = drawable(sheet.creditor)
    canvas.setFont(BOLD, _size_that_fits(creditor, 0.6 * TEXT_WIDTH))
    canvas.drawString(MARGIN + 5.4 * mm, top, creditor)
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 7.4)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, top + 1.6 * mm, sheet.document)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, top - 1.6 * mm, f"nº {sheet.number}")
    canvas.setStrokeColor(NAVY)
    canvas.setLineWidth(0.9)
    canvas.line(MARGIN, top - 3.6 * mm, PAGE_WIDTH - MARGIN, top - 3.6 * mm)


def _size_that_fits(line: str, width: float) -> float:
    """The size of the head's letters, smaller for a name that would run over the document's."""
    return min(_HEAD_SIZE, _HEAD_SIZE * width / stringWidth(line, BOLD, _HEAD_SIZE))


def _draw_foot(canvas: Canvas, sheet: Sheet, number: int, count: int) -> None:
    bottom = MARGIN - 2 * mm
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, bottom + 4.4 * mm, PAGE_WIDTH - MARGIN, bottom + 4.4 * mm)
    canvas.setFillColor(GREY)
    canvas.setFont(FIXED, 6.2)
    canvas.drawString(MARGIN, bottom, f"{sheet.hash_label}: {sheet.content_hash}")
    canvas.setFont(REGULAR, 7.4)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, bottom, f"{sheet.page_label} {number} de {count}")
