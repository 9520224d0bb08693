"""The paper of an object for which nobody has made a template: laid out from `Spec.prints`."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhike.features.documents.telling import Told

FONT = "宋体"
QR_SIZE = Mm(24)
NUMERIC = ("money", "decimal", "integer", "ratio")


def laid_out(model: Any, told: Told, qr: bytes | None) -> Any:
    """Heading, facts in pairs, tables of lines, the amount in capitals, and the code to verify it by."""
    paper = _blank()
    _centred(paper, told["company"], 16)
    _centred(paper, model.spec.label, 20)
    kinds = model.kinds()
    prints = [n for n in model.spec.prints if n.split(".")[0] in kinds]
    facts = [n for n in prints if "." not in n and kinds[n].kind != "longtext" and told.get(n)]
    _facts(paper, [(kinds[n].label, told[n]) for n in facts])
    for name in dict.fromkeys(n.split(".")[0] for n in prints if "." in n):
        parts = [n.split(".")[1] for n in prints if n.startswith(f"{name}.")]
        _lines(paper, {p: kinds[name].target.kinds()[p] for p in parts}, told.get(name, []))
    for name in [n for n in facts if kinds[n].kind == "money"][-1:]:
        paper.add_paragraph(f"{kinds[name].label}（大写）：{told[f'{name}_capitals']}")
    for name in (n for n in prints if "." not in n and kinds[n].kind == "longtext" and told.get(n)):
        paper.add_paragraph(f"{kinds[name].label}：{told[name]}")
    _code(paper, told.get("code", ""), qr)
    return paper


def _blank() -> Any:
    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    return paper


def _centred(paper: Any, text: str, size: int) -> None:
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)


def _facts(paper: Any, facts: list[tuple[str, str]]) -> None:
    """Two facts a row: label, value, label, value."""
    table = paper.add_table(rows=(len(facts) + 1) // 2, cols=4)
    for at, fact in enumerate(facts):
        for side, text in enumerate(fact):
            table.cell(at // 2, at % 2 * 2 + side).text = text


def _lines(paper: Any, kinds: dict[str, Any], rows: list[Told]) -> None:
    paper.add_paragraph()
    table = paper.add_table(rows=1, cols=len(kinds))
    table.style = "Table Grid"
    for cell, kind in zip(table.rows[0].cells, kinds.values(), strict=True):
        cell.paragraphs[0].add_run(kind.label).bold = True
        _aligned(cell, kind)
    for row in rows:
        for cell, (name, kind) in zip(table.add_row().cells, kinds.items(), strict=True):
            cell.text = row[name]
            _aligned(cell, kind)
    paper.add_paragraph()


def _aligned(cell: Any, kind: Any) -> None:
    """Figures stand under each other by their last digit."""
    if kind.kind in NUMERIC:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _code(paper: Any, code: str, qr: bytes | None) -> None:
    if qr:
        paper.add_paragraph(f"验证码：{code}")
        paper.add_picture(BytesIO(qr), width=QR_SIZE)
