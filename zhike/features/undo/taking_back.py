"""Taking a deed back 撤销: removed rows return, changed columns get their earlier values; what stands in the way is said.

A column that somebody has changed since is not touched, and neither is its record: later work is worth more than undoing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.undo import hanging, rows
from zhike.features.undo.models import Changeset
from zhike.features.undo.obstacles import Kept, lacking, taken
from zhike.features.undo.rows import Table
from zhike.kernel.events import ChangedMany, emit
from zhike.kernel.kinds.references import Ref
from zhike.kernel.reach import Actor
from zhike.kernel.record import DERIVED
from zhike.kernel.registry import objects
from zhike.kernel.writes import bulk
from zhike.kernel.writes.constraints import whole
from zhike.kernel.writes.context import announce
from zhike.kernel.writes.prepare import index, match_keys

CHANGED_SINCE = "此后又被修改过"
THERE = "已经恢复"
MIRRORED = "mirror"
CHUNK = 2000
LONGEST = timedelta(days=1)
"""No transaction takes longer."""
VERB = "restore"


@dataclass
class TakenBack:
    """What came back, by object, and what did not and why."""

    done: dict[Any, set[int]] = field(default_factory=dict)
    kept: Kept = field(default_factory=dict)

    def leave(self, model: Any, reasons: dict[int, str]) -> None:
        for pk, reason in reasons.items():
            self.kept.setdefault((model, pk), reason)

    @property
    def count(self) -> int:
        return sum(map(len, self.done.values()))


def take_back(changeset: Changeset, actor: Actor, only: set[int] | None = None) -> TakenBack:
    """Undo everything the transaction of the changeset did; of deleted records perhaps only some, with what hung on them."""
    found, main = TakenBack(), objects()[changeset.collection]
    work = {model: _concerning(model, main, tables, only) for model, tables in _written(changeset).items()}
    with whole(main):
        announce(actor, VERB)
        _leave_what_cannot(sorted(work, key=lambda model: model is not main), work, found)
        for model, tables in work.items():  # first what gives back a unique value; pointers are checked at the end
            _set_back(model, tables, actor, found)
        for model, tables in work.items():
            _bring_back(model, tables, found)
        if only is None:
            hanging.move_back(changeset.moved)
        announce(actor, MIRRORED)
        for model, tables in _written(changeset, mirrored=True).items():
            _repeat_again(model, tables)
        announce(actor, VERB)
        for model, ids in found.done.items():
            _tell(model, ids, actor)
    return found


def _written(changeset: Changeset, *, mirrored: bool = False) -> dict[Any, list[Table]]:
    """Every object the transaction wrote; what only repeats other records stands in nobody's way and is apart."""
    # In a database restored elsewhere the numbers of transactions begin anew; the moment tells them apart.
    moment = (changeset.at, changeset.at + LONGEST)
    entries = Entry.objects.filter(transaction=changeset.transaction, at__range=moment).order_by("pk")
    entries = entries.filter(verb=MIRRORED) if mirrored else entries.exclude(verb=MIRRORED)
    by_object: dict[str, list[Entry]] = {}
    for entry in entries:
        by_object.setdefault(entry.collection, []).append(entry)
    return {objects()[c]: rows.tables_of(objects()[c], theirs) for c, theirs in by_object.items() if c in objects()}


def _concerning(model: Any, main: Any, tables: list[Table], only: set[int] | None) -> list[Table]:
    """Without a choice everything; else the chosen records, and what lost its pointer to them."""
    if only is None:
        return tables
    pointers = [k.get_attname_column()[1] for k in model.kinds().values() if isinstance(k, Ref) and k.target is main]
    for table in tables:
        stay = {pk for pk, record in table.record.items() if model is main and record in only}
        stay |= {pk for pk, doc in table.before.items() if any((doc or {}).get(column) in only for column in pointers)}
        table.without([pk for pk in table.record if pk not in stay])
    return tables


def _returning(work: dict[Any, list[Table]]) -> dict[Any, set[int]]:
    """The records that will be there again: what points to them may point to them."""
    return {model: set(table.gone) for model, tables in work.items() for table in tables if not table.part}


def _leave_what_cannot(order: list[Any], work: dict[Any, list[Table]], found: TakenBack) -> None:
    """Find what stands in the way before anything is written; what stays keeps back what belongs to it, at any depth."""
    before = -1
    while before < len(found.kept):
        before = len(found.kept)
        for model in order:
            _leave_of_one(model, work[model], _returning(work), found)


def _leave_of_one(model: Any, tables: list[Table], returning: dict[Any, set[int]], found: TakenBack) -> None:
    """A record stays as a whole, its lines included."""
    for table in tables:
        record, docs = table.record, {**table.gone, **table.changed}
        reasons = {record[pk]: why for pk, why in lacking(table.source, docs, returning, found.kept).items()}
        reasons |= {record[pk]: why for pk, why in taken(table.source, table.gone, table.changed).items()}
        reasons |= {record[pk]: THERE for pk in rows.current(table.source, table.gone)}
        now = rows.current(table.source, table.changed)
        for pk, doc in table.changed.items():
            wrote = table.after[pk] or {}
            if pk not in now or any(now[pk].get(column) != wrote.get(column) for column in doc if column != "id"):
                reasons.setdefault(record[pk], CHANGED_SINCE)
        found.leave(model, reasons)
    for table in tables:
        table.without([pk for pk, record in table.record.items() if (model, record) in found.kept])


def _bring_back(model: Any, tables: list[Table], found: TakenBack) -> None:
    for table in tables:
        if table.part and table.made:
            rows.remove(table.source, table.made)
        if table.gone:
            rows.insert(table.source, ({**doc, "id": pk} for pk, doc in table.gone.items()))
        touched = {table.record[pk] for pk in (*table.gone, *(table.made if table.part else ()))}
        if touched:
            found.done.setdefault(model, set()).update(touched)


def _set_back(model: Any, tables: list[Table], actor: Actor, found: TakenBack) -> None:
    now = {"updated_at": timezone.now().isoformat(), "updated_by_id": actor.pk}
    for table in tables:
        if table.changed:
            rows.update(table.source, table.changed, {} if table.part else now)
            found.done.setdefault(model, set()).update(table.record[pk] for pk in table.changed)


def _repeat_again(model: Any, tables: list[Table]) -> None:
    """What repeats other records (最近联系) says again what it said, unless it has moved on meanwhile."""
    for table in tables:
        now = rows.current(table.source, table.changed)
        for pk, doc in [*table.changed.items()]:
            wrote = table.after[pk] or {}
            if pk not in now or any(now[pk].get(column) != wrote.get(column) for column in doc):
                table.without([pk])
        if table.changed and not table.part:
            rows.update(table.source, table.changed, {})


def _tell(model: Any, ids: Iterable[int], actor: Actor) -> None:
    """The records are found by search again, and whoever follows them knows."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        records = list(model._base_manager.filter(pk__in=ordered[start : start + CHUNK]).defer(*DERIVED))
        for record in records:
            record.search, record.match_keys = index(record), match_keys(record) or None
            record.version += 1
        bulk.update(model, records, [*DERIVED, "version"])
        emit(ChangedMany(actor=actor, model=model, records=records, verb=VERB))
