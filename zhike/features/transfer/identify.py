"""Which drafts are records that are there already (识别与查重), asked of the database once for a whole chunk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from zhike.features.transfer.drafts import Draft
from zhike.kernel.reach import Actor
from zhike.kernel.sight import askable

Key = tuple[Any, ...] | str


@dataclass
class Identified:
    """What became of the drafts of a chunk.

    Arguments:
        fresh: those nobody has seen before.
        standing: draft → ids of the records it seems to be.
        again: those that repeat an earlier draft of this chunk.
    """

    fresh: list[Draft] = field(default_factory=list)
    standing: list[tuple[Draft, list[int]]] = field(default_factory=list)
    again: list[Draft] = field(default_factory=list)


def identify(model: Any, drafts: list[Draft], match: tuple[str, ...], actor: Actor) -> Identified:
    """Sort drafts by whether their record is there: by the fields of `match`, or else by what the object calls a duplicate.

    What the importer may not read whole tells her nothing here either: a list of numbers must not be held against masked ones.
    """
    known = askable(model, actor)
    keys = [match_key(draft, match) if match else duplicate_keys(model, draft, known) for draft in drafts]
    wanted = {key for each in keys for key in each}
    standing = standing_by_match(model, match, wanted) if match else standing_by_duplicates(model, wanted)
    found, seen = Identified(), set[Key]()
    for draft, each in zip(drafts, keys, strict=True):
        if ids := sorted({pk for key in each for pk in standing.get(key, ())}):
            found.standing.append((draft, ids))
        elif not seen.isdisjoint(each):
            found.again.append(draft)
        else:
            found.fresh.append(draft)
            seen.update(each)
    return found


def match_key(draft: Draft, match: tuple[str, ...]) -> list[Key]:
    """The values of the matching fields; nothing when one of them is empty."""
    values = tuple(draft.values.get(name) for name in match)
    return [] if any(value is None for value in values) else [values]


def duplicate_keys(model: Any, draft: Draft, known: Collection[str]) -> list[Key]:
    keys = (each.key_of(draft.values.get(each.field)) for each in model.spec.duplicates if each.field in known)
    return [key for key in keys if key]


def standing_by_match(model: Any, match: tuple[str, ...], wanted: set[Key]) -> dict[Key, list[int]]:
    if not wanted:
        return {}
    columns = [model.kinds()[name].value_path for name in match]
    firsts = {key[0] for key in wanted}
    rows = model._base_manager.filter(**{f"{columns[0]}__in": firsts}).values_list("pk", *columns)
    return grouped(((pk, tuple(values)) for pk, *values in rows), wanted)


def standing_by_duplicates(model: Any, wanted: set[Key]) -> dict[Key, list[int]]:
    """One probe of the index a key: a single question with thousands of keys would read every record for each of them."""
    if not wanted:
        return {}
    table, keys = model._meta.db_table, sorted(str(key) for key in wanted)
    index = next(each.name for each in model._meta.indexes if each.fields == ["match_keys"])
    with connection.cursor() as cursor:
        # Entries of rows just written wait in a list that every probe would read to its end.
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f'"{index}"'])
        cursor.execute(f'SELECT r.id, key FROM unnest(%s::text[]) key JOIN "{table}" r ON r.match_keys @> ARRAY[key]', [keys])
        return grouped(iter(cursor.fetchall()), wanted)


def grouped(pairs: Iterator[tuple[int, Key]], wanted: set[Key]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    for pk, key in pairs:
        if key in wanted:
            found[key].append(pk)
    return found


def taken(model: Any, drafts: list[Draft]) -> None:
    """Say which drafts carry a value that must be unique and is another record's, or an earlier draft's, already."""
    unique = [k for k in model.kinds().values() if k.in_row and k.unique and any(k.name in d.values for d in drafts)]
    for kind in unique:
        values = {draft.values[kind.name] for draft in drafts if draft.values.get(kind.name)}
        rows = model._base_manager.filter(**{f"{kind.attname}__in": values})
        seen = set(rows.values_list(kind.attname, flat=True))
        for draft in drafts:
            value = draft.values.get(kind.name)
            if value and value in seen:
                draft.errors.setdefault(kind.name, f"“{value}”已存在")
            elif value:
                seen.add(value)
