"""PDF: the same paper as the DOCX, paragraph by paragraph and table by table, with the fonts every reader has for Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any

from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Image, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONT, SIZE, MARGIN = "STSong-Light", 10.5, 20 * mm
ALIGNED = {0: 0, 1: 1, 2: 2, 3: 4}
PICTURE = ".//{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
EMU_A_POINT = 12700


def as_pdf(paper: Any, title: str, watermark: str) -> bytes:
    """A python-docx document as PDF; a watermark stands across every page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    written = BytesIO()
    document = SimpleDocTemplate(
        written, pagesize=A4, title=title, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN
    )

    def mark(page: Any, _: Any) -> None:
        if watermark:
            _across(page, watermark)

    document.build(list(_flow(paper, document.width)), onFirstPage=mark, onLaterPages=mark)
    return written.getvalue()


def _across(page: Any, text: str) -> None:
    page.saveState()
    page.setFillColor(Color(0.8, 0.1, 0.1, alpha=0.18))
    page.setFont(FONT, min(46, 900 / max(len(text), 1)))
    page.translate(A4[0] / 2, A4[1] / 2)
    page.rotate(45)
    for offset in (-260, 0, 260):
        page.drawCentredString(0, offset, text)
    page.restoreState()


def _flow(paper: Any, width: float) -> Iterator[Any]:
    """The blocks of the body in their order."""
    for block in paper.iter_inner_content():
        if isinstance(block, WordTable):
            yield _table(block, width)
        elif isinstance(block, WordParagraph):
            yield from _paragraph(block)


def _paragraph(block: WordParagraph) -> Iterator[Any]:
    for blip in block._p.findall(PICTURE):
        part = block.part.related_parts[blip.get(LINK)]
        shape = next(iter(block._p.iterfind(".//{*}extent")))
        size = [int(shape.get(side)) / EMU_A_POINT for side in ("cx", "cy")]
        yield Image(BytesIO(part.blob), *size, hAlign="LEFT")
    if block.text.strip():
        yield _text(block)
    elif not block._p.findall(PICTURE):
        yield Spacer(1, SIZE)


def _text(block: WordParagraph) -> Any:
    sizes = [run.font.size.pt for run in block.runs if run.font.size]
    size = max(sizes, default=SIZE)
    style = ParagraphStyle(
        "text", fontName=FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", alignment=_alignment(block), textColor=black
    )
    return Paragraph(escape(block.text).replace("\n", "<br/>"), style)


def _alignment(block: WordParagraph) -> int:
    return ALIGNED.get(int(block.alignment), 0) if block.alignment is not None else 0


def _table(block: WordTable, width: float) -> Any:
    """Columns as wide as their longest text asks, within the page."""
    cells = [[cell.paragraphs for cell in row.cells] for row in block.rows]
    wanted = [min(max((_length(row[n]) for row in cells), default=1), 40) + 2 for n in range(len(block.columns))]
    widths = [width * w / sum(wanted) for w in wanted]
    shown = [[[_text(p) for p in cell] for cell in row] for row in cells]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, black)] if "Grid" in (block.style.name if block.style else "") else []
    return Table(shown, colWidths=widths, style=TableStyle([*lines, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]), hAlign="LEFT")


def _length(paragraphs: list[WordParagraph]) -> int:
    """In half widths: a Chinese character counts two."""
    return max((sum(2 if ord(c) > 255 else 1 for c in p.text) for p in paragraphs), default=0)
