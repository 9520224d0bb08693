"""What is saved with a record but not in its row: links to several others and child lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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
        _put(record.stored()[name], [(record, value)])


def save_each(model: Any, records: list[Any]) -> None:
    """The same with the incoming links and lines of many saved records: a fixed number of statements a field."""
    for name in sorted({n for r in records for n in r.incoming}):
        _put(model.stored()[name], [(r, r.incoming[name]) for r in records if name in r.incoming])


Pairs = list[tuple[Any, list[Any]]]
Link = tuple[int, int]


def _put(kind: Any, pairs: Pairs) -> None:
    if isinstance(kind, Refs):
        _put_links(kind, pairs)
    elif isinstance(kind, Lines):
        _put_lines(kind, pairs)


def _put_links(kind: Refs, pairs: Pairs) -> None:
    through, near, far = _ends(kind)
    wanted = {(record.pk, to) for record, ids in pairs for to in ids}
    links = through._default_manager.filter(**{f"{near}_id__in": [record.pk for record, _ in pairs]})
    standing = {(at, to): pk for pk, at, to in links.values_list("pk", f"{near}_id", f"{far}_id")}
    gone = set(standing) - wanted
    links.filter(pk__in=[standing[pair] for pair in gone]).delete()
    fresh = sorted(wanted - set(standing))
    through._default_manager.bulk_create(
        [through(**{f"{near}_id": at, f"{far}_id": to}) for at, to in fresh], ignore_conflicts=True
    )
    _note(kind, [record for record, _ in pairs], fresh, gone)


def _note(kind: Refs, records: list[Any], fresh: Iterable[Link], gone: Iterable[Link]) -> None:
    """What each record points to otherwise now (`Record.relinked`), for guards and whoever tells of it."""
    moved: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for side, links in enumerate((fresh, gone)):
        for at, to in links:
            moved[at][side].add(to)
    for record in records:
        if record.pk in moved:
            added, removed = moved[record.pk]
            record.relinked = {**record.relinked, kind.name: (frozenset(added), frozenset(removed))}


def _ends(kind: Refs) -> tuple[Any, str, str]:
    """The table of the links, and what it calls its two ends."""
    return kind.remote_field.through, kind.m2m_field_name(), kind.m2m_reverse_field_name()


def _put_lines(kind: Lines, pairs: Pairs) -> None:
    """Lines without an id are new, lines not named are removed: one query each for removing, adding, changing."""
    lines = kind.target._default_manager.filter(**{f"{kind.parent}__in": [record.pk for record, _ in pairs]})
    standing: dict[int, dict[int, Any]] = defaultdict(dict)
    for line in lines.select_for_update():
        standing[getattr(line, f"{kind.parent}_id")][line.pk] = line
    gone: set[int] = set()
    changed, fresh = [], []
    for record, rows in pairs:
        there, kept = standing[record.pk], {row["id"]: row for row in rows if "id" in row}
        if foreign := set(kept) - set(there):
            raise Invalid.of({kind.name: f"没有编号为 {min(foreign)} 的明细"}, {kind.name: kind.label})
        gone |= set(there) - set(kept)
        changed += [_filled(there[pk], row) for pk, row in kept.items()]
        fresh += [_filled(kind.target(**{kind.parent: record}), row) for row in rows if "id" not in row]
    lines.filter(pk__in=gone).delete()
    bulk.update(kind.target, changed, [k.name for k in kind.target.kinds().values() if k.in_row])
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
            through, near, far = _ends(kind)
            fresh = [(r.pk, to) for r, ids in pairs for to in ids]
            links = [through(**{f"{near}_id": at, f"{far}_id": to}) for at, to in fresh]
            through._default_manager.bulk_create(links, ignore_conflicts=True)
            _note(kind, [r for r, _ in pairs], fresh, ())
        elif isinstance(kind, Lines):
            bulk.insert(kind.target, [_filled(kind.target(**{kind.parent: r}), row) for r, rows in pairs for row in rows])
