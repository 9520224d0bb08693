"""Giving records back the values they had before an import (恢复原值), read from the audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField

from zhike.features.audit.models import Entry
from zhike.features.transfer.models import Import
from zhike.kernel.kinds import Lines, Refs
from zhike.kernel.record import DERIVED
from zhike.kernel.writes import bulk, children, restore_many
from zhike.kernel.writes.context import announce
from zhike.kernel.writes.prepare import complete

CHUNK = 2000
VERB = "undo"


def restore(found: Import, model: Any, ids: set[int], actor: Any) -> int:
    """Bring these records back to what they were; returns how many that was."""
    ordered, count = sorted(ids), 0
    for start in range(0, len(ordered), CHUNK):
        count += restore_chunk(found, model, ordered[start : start + CHUNK], actor)
    return count


def restore_chunk(found: Import, model: Any, ids: list[int], actor: Any) -> int:
    entries = list(Entry.objects.filter(collection=model.spec.collection, record__in=ids, through=found.cause).order_by("-pk"))
    records = {r.pk: r for r in model._base_manager.filter(pk__in=ids).defer(*DERIVED).select_for_update(of=("self",))}
    by_column = {kind.get_attname_column()[1]: kind for kind in model.kinds().values() if kind.in_row}
    fields: set[str] = set()
    for entry in entries:
        if entry.part == "" and entry.record in records:
            fields |= set_back(records[entry.record], entry.old or {}, by_column)
    restore_parts(model, [entry for entry in entries if entry.part], records, actor)
    for record in records.values():
        complete(record)
    restore_many(model, list(records.values()), sorted(fields), actor=actor, verb=VERB)
    return len(records)


def set_back(record: Any, old: dict[str, Any], by_column: dict[str, Any]) -> set[str]:
    """Newest entries come first, so what is left in the end is the value before the first of them."""
    named = {column: by_column[column] for column in old if column in by_column}
    for column, kind in named.items():
        setattr(record, kind.attname, stored(kind, old[column]))
    return {kind.stored_in for kind in named.values()}


def stored(field: Any, value: Any) -> Any:
    """A value of the audit as its column holds it."""
    if field.remote_field is not None or value is None:
        return value
    if isinstance(field, DecimalField):
        return round(Decimal(str(value)), field.decimal_places)
    return field.to_python(value)


def restore_parts(model: Any, entries: list[Entry], records: dict[int, Any], actor: Any) -> None:
    """Lines and links: what the import added goes, what it removed comes back."""
    if entries:
        announce(actor, VERB)
    for name in sorted({entry.part for entry in entries}):
        kind = model.stored()[name]
        theirs = [entry for entry in entries if entry.part == name and entry.record in records]
        if isinstance(kind, Lines):
            restore_lines(kind, theirs)
        elif isinstance(kind, Refs):
            restore_links(kind, theirs, records)


def restore_lines(kind: Lines, entries: list[Entry]) -> None:
    """An import replaces the lines of a record as a whole, so those that stand are its own."""
    ids = {entry.record for entry in entries}
    kind.target._default_manager.filter(**{f"{kind.parent}__in": ids}).delete()
    removed = sorted((entry.old for entry in entries if entry.new is None and entry.old), key=lambda old: old["id"])
    bulk.insert(kind.target, [kind.target(**line_values(kind.target, old)) for old in removed])


def line_values(target: Any, old: dict[str, Any]) -> dict[str, Any]:
    fields = {field.column: field for field in target._meta.concrete_fields if not field.primary_key}
    return {fields[column].attname: stored(fields[column], value) for column, value in old.items() if column in fields}


def restore_links(kind: Refs, entries: list[Entry], records: dict[int, Any]) -> None:
    for pk, theirs in by_record(entries):
        ids = set(getattr(records[pk], kind.name).values_list("pk", flat=True))
        ids -= {entry.new[kind.m2m_reverse_name()] for entry in theirs if entry.new}
        ids |= {entry.old[kind.m2m_reverse_name()] for entry in theirs if entry.old}
        children.save(records[pk], {kind.name: sorted(ids)})


def by_record(entries: list[Entry]) -> Iterator[tuple[int, list[Entry]]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.record].append(entry)
    yield from found.items()
