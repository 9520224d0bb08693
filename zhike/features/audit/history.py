"""History 修改历史: the audit of one record, in words people use."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db import connection

from zhike.features.audit.models import Entry
from zhike.kernel import sight
from zhike.kernel.kinds import File, Lines, Ref, Refs
from zhike.kernel.reach import Actor
from zhike.words.catalogue import say

PAGE = 30


def history(model: Any, pk: int, actor: Actor, after: int | None = None) -> dict[str, Any]:
    """The latest changes of a record, newest first; `after` is the id of the last entry already shown.

    What changed in fields hidden from the actor is absent, in masked ones masked.
    """
    entries = Entry.objects.filter(collection=model.spec.collection, record=pk).order_by("-pk")
    if after:
        entries = entries.filter(pk__lt=after)
    found = list(entries.select_related("actor").only(*FIELDS)[: PAGE + 1])
    names = _referenced(model, found[:PAGE])
    rows = [_row(model, e, names, actor) for e in found[:PAGE] if not _closed(model, e, actor)]
    return {"rows": rows, "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None}


FIELDS = ("at", "through", "verb", "collection", "record", "part", "old", "new", "actor__name")


def _closed(model: Any, entry: Entry, reader: Actor) -> bool:
    """Whether it tells of nothing but fields that are not there for the reader."""
    kinds, known = _kinds(model, entry.part), _readable(model, entry.part, reader)
    told = {*(entry.old or {}), *(entry.new or {})}
    return (bool(entry.part) and not known) or (
        bool(told) and bool(entry.old) and all(c in kinds and c not in known for c in told)
    )


def _row(model: Any, entry: Entry, names: dict[tuple[Any, int], str], reader: Actor) -> dict[str, Any]:
    actor = {"id": entry.actor_id, "label": entry.actor.name} if entry.actor_id else None
    kinds = _readable(model, entry.part, reader)
    old, new = entry.old or {}, entry.new or {}
    columns = list(dict.fromkeys([*new, *old])) if entry.verb != "delete" or entry.part else []
    changes = [_change(kinds[c], old.get(c), new.get(c), names) for c in columns if c in kinds and told(kinds[c], c, entry)]
    if not entry.part:
        _mask(model, changes, reader)
    return {
        "id": entry.pk, "at": entry.at.isoformat(), "actor": actor, "through": entry.through, "verb": entry.verb,
        "label": _verb_label(model, entry), "part": entry.part,
        "part_label": model.kinds()[entry.part].label if entry.part in model.kinds() else "", "changes": changes,
    }  # fmt: skip


def _readable(model: Any, part: str, reader: Actor) -> dict[str, Any]:
    """Column name → kind, of what the reader may see."""
    known = sight.readable(model, reader)
    if part and part not in known:
        return {}
    kinds = _kinds(model, part)
    field = known.get(part)
    inside = sight.readable(field.target, reader) if isinstance(field, Lines) else None if field else known
    return kinds if inside is None else {column: kind for column, kind in kinds.items() if kind.name in inside}


def _mask(model: Any, changes: list[dict[str, Any]], reader: Actor) -> None:
    for change in changes:
        for side in ("old", "new"):
            change[side] = sight.shown(model, change["field"], change[side], reader)


def told(kind: Any, column: str, entry: Entry) -> bool:
    """At birth only what somebody filled in is worth telling. A link calls its column otherwise than the field it is of."""
    value = (entry.new or {}).get(column)
    return entry.old is not None or not (kind.system or value is False or kind.is_empty(value))


def _change(kind: Any, old: Any, new: Any, names: dict[tuple[Any, int], str]) -> dict[str, Any]:
    return {"field": kind.name, "label": kind.label, "old": _shown(kind, old, names), "new": _shown(kind, new, names)}


def _shown(kind: Any, value: Any, names: dict[tuple[Any, int], str]) -> Any:
    if isinstance(kind, Ref) and value is not None:
        return {"id": value, "label": names.get((kind.target, value), f"#{value}")}
    if isinstance(kind, File):
        return [{"id": pk, "name": names.get((kind.target, pk), f"#{pk}")} for pk in _pointers(value)]
    return value


def _verb_label(model: Any, entry: Entry) -> str:
    verb = entry.verb
    if verb in ("share", "unshare"):
        to = (entry.new or {}).get("to", "")
        return say(f"共享给{to}") if verb == "share" else say(f"取消共享给{to}")
    if verb in ("pause_clock", "resume_clock"):
        told = entry.new or {}
        clock, why = told.get("clock", ""), told.get("why", "")
        return say(f"暂停{clock}：{why}") if verb == "pause_clock" else say(f"恢复{clock}")
    plain = {
        "add": "新建",
        "change": "修改",
        "delete": "删除",
        "transfer": "转交",
        "import": "导入",
        "undo": "撤销导入",
        "restore": "恢复",
        "merge": "合并",
        "mirror": "自动更新",
        "reveal": "查看掩码内容",
    }
    action = model.actions().get(verb)
    return action.label if action else plain.get(verb, verb)


def _kinds(model: Any, part: str) -> dict[str, Any]:
    """Column name → kind, of the record itself or of the lines in `part`."""
    field = model.kinds().get(part)
    if isinstance(field, Refs):
        return {field.m2m_reverse_name(): _Link(field)}
    source = field.target if isinstance(field, Lines) else model
    return {k.get_attname_column()[1]: k for k in source.kinds().values() if k.in_row}


class _Link(Ref):
    """One link of a field with several references, shown like a reference."""

    def __init__(self, field: Refs) -> None:
        super().__init__(field.target, field.label)
        self.set_attributes_from_name(field.name)


def _referenced(model: Any, entries: list[Entry]) -> dict[tuple[Any, int], str]:
    """Labels of everything the entries point to, whatever the objects: one query."""
    wanted: dict[Any, set[int]] = {}
    for entry in entries:
        for column, kind in _kinds(model, entry.part).items():
            if isinstance(kind, Ref | File):
                values = ((entry.old or {}).get(column), (entry.new or {}).get(column))
                wanted.setdefault(kind.target, set()).update(v for value in values for v in _pointers(value))
    targets = [target for target, ids in wanted.items() if ids]
    if not targets:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(_labels, count(), targets)), [list(wanted[t]) for t in targets])
        return {(targets[n], pk): label for n, pk, label in cursor.fetchall()}


def _pointers(value: Any) -> list[int]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _labels(number: int, target: Any) -> str:
    """A file is no record; it is called what it was called when it was sent."""
    title = target._meta.get_field(target.spec.title if hasattr(target, "spec") else "name").column
    return f'SELECT {number}, id, "{title}"::text FROM "{target._meta.db_table}" WHERE id = ANY(%s)'
