"""导出报表: the figures as a spreadsheet, made in the background."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.utils import timezone

from zhike.features.files.store import keep
from zhike.features.jobs.run import Run, job, start
from zhike.features.leakage.watermark import in_file
from zhike.features.reports.running import Common, run
from zhike.features.reports.sheet import headers, lines
from zhike.features.transfer.exporting import FORMATS
from zhike.features.transfer.refused import blocks
from zhike.features.transfer.sheets import table_writer
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find


def start_export(data: dict[str, Any], *, actor: Any) -> Any:
    """Queue the export of a report as it is shown. Raises Invalid, Forbidden, before anything is queued."""
    asked = dict(data)
    name, format = asked.pop("name", ""), asked.pop("format", "xlsx")
    if format not in list(FORMATS):
        raise Invalid.of({"format": "应为 csv 或 xlsx"}, {"format": "格式"})
    if not isinstance(name, str) or len(name) > 100:
        raise Invalid.of({"name": "最多 100 个字"}, {"name": "名称"})
    Common.of(asked)
    run(asked.get("collection"), asked.get("definition"), Common.of(asked), actor=actor, verb="export")
    label = name.strip() or f"{find(asked['collection']).spec.label}报表"
    return start("report_export", f"导出“{label}”", {"name": label, "format": format, "asked": asked}, actor=actor)


@job("report_export")
def export_report(told: Run, name: str, format: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Write the figures this person may export to a file."""
    common = Common.of(asked)
    told.actor.outside = True
    shown = run(asked["collection"], asked.get("definition"), common, actor=told.actor, verb="export")
    with tempfile.TemporaryDirectory(prefix="zhike-report-") as folder:
        path = Path(folder) / f"report.{format}"
        write(path, shown, format, told.actor)
        kept = keep(f"{name} {timezone.localdate().isoformat()}.{format}", FORMATS[format], blocks(path), owner=told.actor)
    file = {"id": kept.pk, "name": kept.name, "size": kept.size}
    told.attach(file)
    return {"rows": len(shown["rows"]), "file": file}


def write(path: Path, shown: dict[str, Any], format: str, actor: Any) -> None:
    """The result of a report as a file for this person."""
    with table_writer(path, headers(shown), format=format, mark=in_file(actor, format)) as writer:
        writer.write_many(lines(shown))
