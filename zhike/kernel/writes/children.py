"""What is saved with a record but not in its row: links to several others and child lines."""

from __future__ import annotations

from typing import Any

from zhike.kernel.errors import Invalid
from zhike.kernel.kinds import Lines, Refs
from zhike.kernel.writes import bulk


def split(model: Any, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of the record's own row, and those of its links and lines."""
    outside = {n: v for n, v in values.items() if not model.stored()[n].in_row}
    return {n: v for n, v in values.items() if n not in outside}, outside


def save(record: Any, values: dict[str, Any]) -> None:
    """Bring links and lines of a saved record to these values. Raises Invalid for a line of another record."""
    for name, value in values.items():
        kind = record.stored()[name]
        if isinstance(kind, Refs):
            getattr(record, name).set(value)
        elif isinstance(kind, Lines):
            _save_lines(record, kind, value)


def _save_lines(record: Any, kind: Lines, rows: list[dict[str, Any]]) -> None:
    """Lines without an id are new, lines not named are removed: one query each for removing, adding, changing."""
    lines = kind.target._default_manager.filter(**{kind.parent: record})
    kept = {row["id"]: row for row in rows if "id" in row}
    standing = {line.pk: line for line in lines.select_for_update()} if record.pk else {}
    if foreign := set(kept) - set(standing):
        raise Invalid.of({kind.name: f"没有编号为 {min(foreign)} 的明细"}, {kind.name: kind.label})
    lines.filter(pk__in=set(standing) - set(kept)).delete()
    changed = [_filled(standing[pk], row) for pk, row in kept.items()]
    if changed:
        columns = [k.name for k in kind.target.kinds().values() if k.in_row]
        kind.target._default_manager.bulk_update(changed, columns)
    fresh = [_filled(kind.target(**{kind.parent: record}), row) for row in rows if "id" not in row]
    kind.target._default_manager.bulk_create(fresh)


def _filled(line: Any, row: dict[str, Any]) -> Any:
    for name, value in row.items():
        if name != "id":
            setattr(line, line.stored()[name].attname, value)
    line.derive()
    return line


def save_many(model: Any, records: list[Any]) -> None:
    """The incoming links and lines of many new records: one statement a field."""
    for name in sorted({n for r in records for n in r.incoming}):
        kind = model.stored()[name]
        pairs = [(r, r.incoming[name]) for r in records if r.incoming.get(name)]
        if isinstance(kind, Refs):
            through, near, far = kind.remote_field.through, kind.m2m_field_name(), kind.m2m_reverse_field_name()
            links = [through(**{f"{near}_id": r.pk, f"{far}_id": to}) for r, ids in pairs for to in ids]
            through._default_manager.bulk_create(links, ignore_conflicts=True)
        elif isinstance(kind, Lines):
            bulk.insert(kind.target, [_filled(kind.target(**{kind.parent: r}), row) for r, rows in pairs for row in rows])
