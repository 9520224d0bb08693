"""Export (导出): what one may see and export, as a file, streamed from the database row by row."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from zhike.features.approval.exports import ask_for_export, is_agreed
from zhike.features.files.store import keep
from zhike.features.insight.noting import exported
from zhike.features.jobs.run import Run, start
from zhike.features.leakage.limits import refuse_too_much
from zhike.features.leakage.watermark import in_file
from zhike.features.transfer.refused import blocks
from zhike.features.transfer.sheets import Cell, UnwritableCell, table_writer
from zhike.kernel import sight
from zhike.kernel.errors import Invalid, Refused
from zhike.kernel.query import listing, paging
from zhike.kernel.query.rows import expressions, resolve
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit

FORMATS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
KEYS = frozenset(("filter", "q", "order", "fields", "format"))
AT_ONCE = 2000


def start_export(collection: str, data: dict[str, Any], *, actor: Any) -> Any:
    """Queue an export of a collection. Raises before anything is queued: Forbidden, Invalid, Held, Refused."""
    model = find(collection)
    permit(model, "export", actor)
    wanted = read_wanted(model, data, actor)
    rows = exportable(model, wanted["filter"], actor, wanted["q"])
    ask_for_export(rows, actor)
    if not is_agreed():
        refuse_too_much(rows.count(), actor)
    arguments = {"collection": collection, **wanted, "agreed": is_agreed()}
    return start("export", f"导出{model.spec.label}", arguments, actor=actor)


def exportable(model: Any, filter: Any, actor: Any, q: str = "") -> Any:
    """The records of a filter and of the words typed into a list (`q`) that this person may take along."""
    return listing.selected(model, listing.Asked(filter=filter, words=q), actor, "export").visible_to(actor)


def read_wanted(model: Any, data: dict[str, Any], actor: Any) -> dict[str, Any]:
    """What is to be exported, checked. Raises Invalid."""
    if unknown := set(data) - KEYS:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    format, fields, order = data.get("format", "csv"), data.get("fields") or every_field(model, actor), data.get("order") or ""
    if format not in FORMATS:
        raise Invalid.of({"format": "应为 csv 或 xlsx"}, {"format": "格式"})
    if not isinstance(fields, list) or not all(isinstance(name, str) for name in fields):
        raise Invalid.of({"fields": "应为一组字段"}, {"fields": "字段"})
    if not isinstance(order, str):
        raise Invalid.of({"order": "应为文字"}, {"order": "排序"})
    if not isinstance(q := data.get("q") or "", str):
        raise Invalid.of({"q": "应为文字"}, {"q": "查找"})
    expressions(model, fields, actor)
    paging.keys(model, order, actor)
    listing.selected(model, listing.Asked(filter=data.get("filter")), actor, "export")
    return {"format": format, "fields": list(dict.fromkeys(fields)), "filter": data.get("filter"), "q": q, "order": order}


def every_field(model: Any, actor: Any) -> list[str]:
    """All that a record page shows this person, in its order, and then what else there is."""
    sectioned, known = [name for names in model.spec.sections.values() for name in names], sight.readable(model, actor)
    return [name for name in dict.fromkeys([*sectioned, *known]) if name in known]


def write_export(
    run: Run, model: Any, *, format: str, fields: list[str], filter: Any, order: str, q: str = "", agreed: bool = False
) -> dict[str, Any]:
    """Write the file and attach it to the job; returns how many rows it holds. What was agreed to is free of the day's limit."""
    permit(model, "export", run.actor)
    run.actor.outside = True
    rows = exportable(model, filter, run.actor, q)
    if not agreed:
        refuse_too_much(rows.count(), run.actor)
    with tempfile.TemporaryDirectory(prefix="zhike-export-") as folder:
        path = Path(folder) / f"export.{format}"
        try:
            count = write_rows(run, rows, path, format, fields, order)
        except UnwritableCell as error:
            raise Refused(error.message) from None
        name = f"{model.spec.label} {timezone.localdate().isoformat()}.{format}"
        kept = keep(name, FORMATS[format], blocks(path), owner=run.actor)
    shown = {"id": kept.pk, "name": kept.name, "size": kept.size}
    run.attach(shown)
    return {"rows": count, "file": shown}


def write_rows(run: Run, rows: Any, path: Path, format: str, fields: list[str], order: str) -> int:
    model, total, taken = rows.model, rows.count(), array("q")
    shows, columns = [shower(model, name, run.actor) for name in fields], expressions(model, fields, run.actor)
    with table_writer(path, headers(model, fields), format=format, mark=in_file(run.actor, format)) as writer:
        for some in streamed(paging.ordered(rows, paging.keys(model, order, run.actor)), columns):
            writer.write_many([show(value) for show, value in zip(shows, row, strict=True)] for _, row in some)
            taken.extend(pk for pk, _ in some)
            run.progress(len(taken), total)
    exported(model, taken, run.id, run.actor)
    return len(taken)


def streamed(rows: Any, columns: dict[str, Any]) -> Iterator[list[tuple[int, list[Any]]]]:
    """The rows with their ids as PostgreSQL builds them for the interface, a few thousand at a time and never all of them."""
    try:
        sql, params = rows.values_list("pk", *columns.values()).query.sql_with_params()
    except EmptyResultSet:
        return
    names = ", ".join(f"c{place}" for place in range(len(columns)))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT pk, json_build_array({names})::text FROM ({sql}) AS t(pk, {names})", params)
        while some := cursor.fetchmany(AT_ONCE):
            yield [(pk, orjson.loads(row)) for pk, row in some]


def headers(model: Any, fields: list[str]) -> list[str]:
    """What people call each field; those of referenced records are called after both, and no two are called alike."""
    named = [label(model, name) for name in fields]
    return [f"{shown}（{name}）" if named.count(shown) > 1 else shown for shown, name in zip(named, fields, strict=True)]


def label(model: Any, name: str) -> str:
    if name in ("id", "version"):
        return {"id": "ID", "version": "版本"}[name]
    *heads, _ = name.split(".")
    parts = [resolve(model, ".".join(name.split(".")[: depth + 1]))[1].label for depth in range(len(heads) + 1)]
    return "·".join(parts)


def shower(model: Any, name: str, actor: Any) -> Callable[[Any], Cell]:
    """How a value of this field stands in a cell: numbers and dates as such, everything else as people read it."""
    if name in ("id", "version"):
        return lambda value: value
    kind, (holder, last) = resolve(model, name)[1], _held(model, name)
    if sight.sight(holder, last, actor) is sight.Sight.MASKED:
        return lambda value: value or ""
    if kind.kind in READINGS:
        reading = READINGS[kind.kind]
        return lambda value: None if value is None else reading(value)
    return lambda value: kind.show(value)


def _held(model: Any, name: str) -> tuple[Any, str]:
    """The object a dotted name ends at, and the field there."""
    *heads, last = name.split(".")
    for head in heads:
        model = model.kinds()[head].target
    return model, last


def local(value: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(value)).replace(tzinfo=None, microsecond=0)


READINGS: dict[str, Callable[[Any], Cell]] = {
    "integer": int,
    "decimal": Decimal,
    "money": Decimal,
    "ratio": Decimal,
    "date": date.fromisoformat,
    "datetime": local,
}
