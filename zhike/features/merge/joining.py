"""What the one that stays is made of: chosen field by field, else its own, else the first there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhike.kernel.kinds import File, Lines, Refs
from zhike.kernel.kinds.choices import Boolean, Several
from zhike.kernel.kinds.references import Ref


def joined(kept: Any, others: list[Any], fields: Mapping[str, int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of the row and those beside it (links and lines), as the write path takes them."""
    records = {r.pk: r for r in (kept, *others)}
    values: dict[str, Any] = {}
    outside: dict[str, Any] = {}
    for name, kind in kept.kinds().items():
        if not kind.editable:
            continue
        chosen = records[fields[name]] if name in fields else None
        if isinstance(kind, Lines):
            outside[name] = _lines(kept, [chosen] if chosen else [kept, *others], kind)
        elif isinstance(kind, Refs):
            outside[name] = _links([chosen] if chosen else [kept, *others], name)
        else:
            values[name] = getattr(chosen, kind.attname) if chosen else _first(kind, [kept, *others])
    return values, {name: value for name, value in outside.items() if value is not None}


def _first(kind: Any, records: list[Any]) -> Any:
    found = [getattr(r, kind.attname) for r in records]
    if isinstance(kind, Several | File):  # what each carried, once
        return list(dict.fromkeys(word for value in found for word in value or []))
    return next((value for value in found if not kind.is_empty(value)), found[0])


def _links(records: list[Any], name: str) -> list[int]:
    return list(dict.fromkeys(pk for r in records for pk in getattr(r, name).order_by("pk").values_list("pk", flat=True)))


def _lines(kept: Any, sources: list[Any], kind: Lines) -> list[dict[str, Any]]:
    """Its own lines stay the rows they are; those of others are added, unless they point where one points already."""
    rows: list[dict[str, Any]] = []
    found = kind.target._default_manager.filter(**{f"{kind.parent}__in": [r.pk for r in sources]}).order_by("pk")
    order = {r.pk: n for n, r in enumerate(sources)}
    for line in sorted(found, key=lambda line: order[getattr(line, f"{kind.parent}_id")]):
        row = {name: getattr(line, part.attname) for name, part in line.kinds().items() if part.in_row}
        own = getattr(line, f"{kind.parent}_id") == kept.pk
        if own or not any(_points_alike(kind, row, standing) for standing in rows):
            rows.append(_unmarked(kind, row, rows) | ({"id": line.pk} if own else {}))
    return rows


def _points_alike(kind: Lines, row: dict[str, Any], standing: dict[str, Any]) -> bool:
    references = [name for name, part in kind.target.kinds().items() if isinstance(part, Ref)]
    return bool(references) and all(row[name] == standing[name] for name in references)


def _unmarked(kind: Lines, row: dict[str, Any], standing: list[dict[str, Any]]) -> dict[str, Any]:
    """A mark that one line among several bears (主要任职) stays with the one that had it first."""
    marks = [name for name, part in kind.target.kinds().items() if isinstance(part, Boolean)]
    return row | {name: False for name in marks if any(other[name] for other in standing)}
