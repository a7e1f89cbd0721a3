"""Typefaces, colours and measures of the bank's paper. The PDF base fonts (Windows-1252) need no font file."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from lastro.origination.contracts.wording.typography import drawable

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 18 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
HEADER_HEIGHT = 4 * mm
FOOTER_HEIGHT = 5 * mm

REGULAR, BOLD, FIXED = "Helvetica", "Helvetica-Bold", "Courier"

NAVY = HexColor(0x12305A)
INK = HexColor(0x1D2430)
GREY = HexColor(0x5B6675)
RULE = HexColor(0xC3CBD6)
WASH = HexColor(0xF1F4F8)
STRIPE = HexColor(0xF8FAFC)

BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=8.6, leading=11.8, textColor=INK, alignment=TA_JUSTIFY)
CLAUSE = ParagraphStyle("clause", parent=BODY, spaceAfter=3.2)
CLAUSE_TITLE = ParagraphStyle(
    "clause_title", parent=BODY, fontName=BOLD, textColor=NAVY, spaceBefore=5, spaceAfter=1.6, keepWithNext=1
)
TITLE = ParagraphStyle(
    "title", parent=BODY, fontName=BOLD, fontSize=16, leading=19, textColor=NAVY, alignment=TA_CENTER
)
SUBTITLE = ParagraphStyle("subtitle", parent=BODY, fontSize=8.4, leading=11, textColor=GREY, alignment=TA_CENTER)
SECTION = ParagraphStyle("section", parent=BODY, fontName=BOLD, fontSize=9, leading=11, textColor=HexColor(0xFFFFFF))
LABEL = ParagraphStyle("label", parent=BODY, fontSize=6.5, leading=8, textColor=GREY, alignment=0)
VALUE = ParagraphStyle("value", parent=BODY, fontSize=8.6, leading=10.6, alignment=0)
STRONG = ParagraphStyle("strong", parent=VALUE, fontName=BOLD)
HASH = ParagraphStyle("hash", parent=VALUE, fontName=FIXED, fontSize=7.6, leading=9.6)
NOTE = ParagraphStyle("note", parent=BODY, fontSize=7.2, leading=9.4, textColor=GREY, alignment=0)
CENTERED = ParagraphStyle("centered", parent=VALUE, alignment=TA_CENTER)
CELL_HEAD = ParagraphStyle("cell_head", parent=VALUE, fontName=BOLD, fontSize=7.4, leading=9, textColor=NAVY)
CELL_HEAD_RIGHT = ParagraphStyle("cell_head_right", parent=CELL_HEAD, alignment=TA_RIGHT)
CELL = ParagraphStyle("cell", parent=VALUE, fontSize=8, leading=9.8)
CELL_RIGHT = ParagraphStyle("cell_right", parent=CELL, alignment=TA_RIGHT)
CELL_STRONG = ParagraphStyle("cell_strong", parent=CELL, fontName=BOLD)
CELL_STRONG_RIGHT = ParagraphStyle("cell_strong_right", parent=CELL_STRONG, alignment=TA_RIGHT)
FIGURE = ParagraphStyle(
    "figure", parent=VALUE, fontName=BOLD, fontSize=12.5, leading=15, textColor=NAVY, alignment=TA_CENTER
)
FIGURE_LINE = ParagraphStyle("figure_line", parent=FIGURE, fontSize=9.6, leading=11.4)
FIGURE_LABEL = ParagraphStyle("figure_label", parent=LABEL, alignment=TA_CENTER, fontSize=7, leading=8.6)


def text(content: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text: nothing in it is markup, whoever wrote it. Raises ``UndrawableText``."""
    return Paragraph(escape(drawable(content)), style)
