"""报表的 PDF: title, what was asked in words, picture and figures, on A4; across when the table is wide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import KeepTogether, LongTable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from zhike.features.reports.drawing import FONT, INK, MUTED, PALE, picture
from zhike.features.reports.figures import figure_text
from zhike.features.reports.sheet import TOTAL, headers
from zhike.words.catalogue import say, word

MARGIN, KEY_WIDTH, CELL_WIDTH = 15 * mm, 88.0, 58.0
UPRIGHT, ACROSS = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
HEAD = HexColor("#f1f4f9")
BARE = ("number", "gauge")
"""Pictures that say all there is, unless the report is grouped."""


@dataclass(frozen=True)
class Section:
    """One report on the paper.

    Arguments:
        shown: its result; told: what was asked, in words; most: lines of its table, the rest is counted.
    """

    name: str
    shown: dict[str, Any]
    told: str = ""
    most: int = 10_000


@dataclass(frozen=True)
class Paper:
    """What stands on the file: facts are lines under the title; mark stands across every page."""

    title: str
    facts: list[str]
    sections: list[Section] = field(default_factory=list)
    mark: str = ""


def write_pdf(path: Path, paper: Paper) -> None:
    """Lay the paper out and write it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    wide = any(_width(s.shown) > UPRIGHT for s in paper.sections if not _bare(s.shown))
    document = SimpleDocTemplate(
        str(path), pagesize=landscape(A4) if wide else A4, title=paper.title, author=word("知客"),
        leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
    )  # fmt: skip

    def page(canvas: Any, told: Any) -> None:
        _number_and_mark(canvas, told.pagesize, paper.mark)

    document.build(list(_flow(paper, document.width)), onFirstPage=page, onLaterPages=page)


def _flow(paper: Paper, width: float) -> Iterator[Any]:
    yield _text(paper.title, 16)
    yield Spacer(1, 4)
    for fact in paper.facts:
        yield _text(fact, 9, MUTED)
    yield Spacer(1, 10)
    tiles = [s for s in paper.sections if _bare(s.shown)] if len(paper.sections) > 1 else []
    if tiles:
        yield _tiles(tiles, width)
    for section in paper.sections:
        if section not in tiles:
            yield from _section(section, width, named=section.name != paper.title)


def _tiles(sections: list[Section], width: float) -> Any:
    """The single figures of a dashboard, four a row."""
    cells: list[Any] = [[_text(s.name, 9, MUTED), picture(s.shown, width / 4 - 12) or _text("–", 14)] for s in sections]
    rows = [[*cells[at : at + 4], *[""] * (4 - len(cells[at : at + 4]))] for at in range(0, len(cells), 4)]
    lines = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, PALE)]
    return Table(rows, colWidths=[width / 4] * 4, style=TableStyle(lines), hAlign="LEFT", spaceAfter=10)


def _section(section: Section, width: float, *, named: bool) -> Iterator[Any]:
    head: list[Any] = [_text(section.name, 12), Spacer(1, 2)] if named else []
    head += [_text(section.told, 8.5, MUTED)] if named and section.told else []
    drawing = picture(section.shown, width)
    yield KeepTogether([*head, *([drawing] if drawing else []), Spacer(1, 6)])
    if not _bare(section.shown):
        yield from _tables(section, width)
    yield Spacer(1, 12)


def _bare(shown: dict[str, Any]) -> bool:
    return shown["picture"] in BARE and not shown["row_fields"] and not shown["column_fields"]


def _width(shown: dict[str, Any]) -> float:
    keys = len(shown["row_fields"])
    return keys * KEY_WIDTH + (len(headers(shown)) - keys) * CELL_WIDTH


def _tables(section: Section, width: float) -> Iterator[Any]:
    """The figures; columns that find no room follow in a table of their own, behind the same row heads."""
    rows, keys = list(_rows(section)), len(section.shown["row_fields"])
    names = headers(section.shown)
    at_once = max(1, int((width - keys * KEY_WIDTH) // CELL_WIDTH))
    for first in range(keys, len(names), at_once):
        chosen = [*range(keys), *range(first, min(first + at_once, len(names)))]
        yield _table([[names[n] for n in chosen], *([row[n] for n in chosen] for row in rows)], keys, width)
    left = len(section.shown["rows"]) - section.most
    if left > 0:
        yield _text(say(f"另有 {left} 行，请在系统中查看。"), 8.5, MUTED)


def _rows(section: Section) -> Iterator[list[str]]:
    shown = section.shown
    for head, cells, total in list(zip(shown["rows"], shown["cells"], shown["row_totals"], strict=True))[: section.most]:
        yield [*(k["label"] for k in head["keys"]), *_figures(shown, [*cells, total])]
    keys = [word(TOTAL), *[""] * (len(shown["row_fields"]) - 1)] if shown["row_fields"] else []
    yield [*keys, *_figures(shown, [*shown["column_totals"], shown["total"]])]


def _figures(shown: dict[str, Any], cells: list[list[str | None]]) -> list[str]:
    return [figure_text(m, v) for cell in cells for v, m in zip(cell, shown["measures"], strict=True)]


def _table(rows: list[list[str]], keys: int, width: float) -> Any:
    """Names wrap, figures stand under each other by their last digit; the heads come again on every page."""
    figures = len(rows[0]) - keys
    each = min(CELL_WIDTH * 1.6, (width - keys * KEY_WIDTH) / max(figures, 1))
    styles = [_style(8.5), _style(8.5, right=True)]
    cells = [[Paragraph(escape(text), styles[n >= keys]) for n, text in enumerate(row)] for row in rows]
    lines = [
        ("BACKGROUND", (0, 0), (-1, 0), HEAD), ("LINEBELOW", (0, 0), (-1, -1), 0.4, PALE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LINEABOVE", (0, -1), (-1, -1), 0.8, MUTED), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]  # fmt: skip
    widths = [KEY_WIDTH] * keys + [each] * figures
    return LongTable(cells, colWidths=widths, repeatRows=1, style=TableStyle(lines), hAlign="LEFT", spaceAfter=6)


def _style(size: float, ink: Any = INK, *, right: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        "text", fontName=FONT, fontSize=size, leading=size * 1.4, wordWrap="CJK", textColor=ink, alignment=2 if right else 0
    )


def _text(text: str, size: float, ink: Any = INK) -> Any:
    return Paragraph(escape(text), _style(size, ink))


def _number_and_mark(canvas: Any, size: tuple[float, float], mark: str) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 8)
    canvas.setFillColor(MUTED)
    canvas.drawRightString(size[0] - MARGIN, 8 * mm, say(f"第 {canvas.getPageNumber()} 页"))
    if mark:
        canvas.setFillColor(Color(0.5, 0.5, 0.5, alpha=0.14))
        canvas.setFont(FONT, 26)
        canvas.translate(size[0] / 2, size[1] / 2)
        canvas.rotate(30)
        for offset in (-230, 0, 230):
            canvas.drawCentredString(0, offset, mark)
    canvas.restoreState()
