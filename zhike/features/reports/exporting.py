"""导出报表: the figures as a spreadsheet or a paper, made in the background."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.utils import timezone

from zhike.features.files.store import keep
from zhike.features.jobs.run import Run, job, start
from zhike.features.leakage.watermark import in_file, who
from zhike.features.reports.running import Common, run
from zhike.features.reports.sheet import headers, lines
from zhike.features.reports.wording import in_words
from zhike.features.transfer.exporting import FORMATS as TABLES
from zhike.features.transfer.refused import blocks
from zhike.features.transfer.sheets import table_writer
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find
from zhike.words.catalogue import say, word

PDF = "pdf"
FORMATS = {**TABLES, PDF: "application/pdf"}


def start_export(data: dict[str, Any], *, actor: Any) -> Any:
    """Queue the export of a report as it is shown. Raises Invalid, Forbidden, before anything is queued."""
    asked = dict(data)
    name, format = asked.pop("name", ""), asked.pop("format", "xlsx")
    if format not in list(FORMATS):
        raise Invalid.of({"format": "应为 csv、xlsx 或 pdf"}, {"format": "格式"})
    label = named(name)
    run(asked.get("collection"), asked.get("definition"), Common.of(asked), actor=actor, verb="export")
    label = label or f"{find(asked['collection']).spec.label}报表"
    return start("report_export", f"导出“{label}”", {"name": label, "format": format, "asked": asked}, actor=actor)


def named(name: Any) -> str:
    """What people call the file. Raises Invalid."""
    if not isinstance(name, str) or len(name) > 100:
        raise Invalid.of({"name": "最多 100 个字"}, {"name": "名称"})
    return name.strip()


@job("report_export")
def export_report(told: Run, name: str, format: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Write the figures this person may export to a file."""
    common = Common.of(asked)
    told.actor.outside = True
    shown = run(asked["collection"], asked.get("definition"), common, actor=told.actor, verb="export")
    with tempfile.TemporaryDirectory(prefix="zhike-report-") as folder:
        path = Path(folder) / f"report.{format}"
        write(path, shown, format, told.actor, name)
        file = kept(told, path, name, format)
    return {"rows": len(shown["rows"]), "file": file}


def kept(told: Run, path: Path, name: str, format: str) -> dict[str, Any]:
    """The file, left with the job for its owner."""
    made = keep(f"{name} {timezone.localdate().isoformat()}.{format}", FORMATS[format], blocks(path), owner=told.actor)
    file = {"id": made.pk, "name": made.name, "size": made.size}
    told.attach(file)
    return file


def write(path: Path, shown: dict[str, Any], format: str, actor: Any, name: str = "") -> None:
    """The result of a report as a file for this person."""
    mark = in_file(actor, format)
    if format == PDF:
        from zhike.features.reports.paper import Paper, Section, write_pdf  # heavy, and wanted by whoever makes one only

        told = in_words(find(shown["collection"]), shown["filter"], actor)
        facts = [say(f"筛选：{told}") if told else word("全部记录"), signed(actor)]
        write_pdf(path, Paper(name, facts, [Section(name, shown)], mark))
        return
    with table_writer(path, headers(shown), format=format, mark=mark) as writer:
        writer.write_many(lines(shown))


def signed(actor: Any) -> str:
    """Who took it, and when."""
    return say(f"{who(actor)} 于 {timezone.localtime():%Y-%m-%d %H:%M} 导出，仅包含本人有权导出的数据")
