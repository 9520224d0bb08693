"""前后对照: what a deed would change, the old value beside the new one, as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from zhike.kernel.kinds import Lines, Ref, Refs
from zhike.kernel.kinds.choices import Boolean
from zhike.kernel.kinds.masks import WHOLE
from zhike.kernel.record import DERIVED

UNTOLD = {"version", "id", "extra", "password", "updated_at", "updated_by", "created_at", "created_by", *DERIVED}
NOTED = ("datetime", "boolean")
MOST_ROWS = 20
Told = dict[str, Any]


def changes(record: Any, names: Iterable[str], before: Mapping[str, Any]) -> list[Told]:
    """Field by field, in the order of the object; what a new record leaves empty is not told.

    Nor are moments and marks the record notes by itself: they will be others when the deed is done, and nobody asks for them;
    nor what only follows another change.
    """
    wanted, found = set(names), []
    for name, kind in record.kinds().items():
        if name not in wanted or name in UNTOLD or (kind.kind in NOTED and not kind.editable):
            continue
        old = text(kind, before.get(name)) if kind.in_row else ""
        new = text(kind, getattr(record, kind.attname)) if kind.in_row else beside(record, name, kind)
        if old != new and (before or not (kind.system or kind.kind == "number")):
            found.append({"field": name, "label": kind.label, "old": old, "new": new})
    moved = {told["field"] for told in found}
    return [told for told in found if not before or moved.isdisjoint(record.kinds()[told["field"]].follows)]


def kept(kind: Any, value: Any) -> Any:
    """A stored value as it comes back out of JSON."""
    plain = kind.plain(value)
    return plain if plain is None or isinstance(plain, str | int | float | bool | list | dict) else str(plain)


def text(kind: Any, value: Any) -> str:
    """One stored value."""
    if isinstance(kind, Boolean) and value is not None:
        return str(kind.show(value))
    if kind.is_empty(value):
        return ""
    if isinstance(kind, Ref):
        found = kind.target._base_manager.filter(pk=value).first()
        return str(found) if found is not None else f"#{value}"
    if kind.kind == "datetime":
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    shown = kind.show(kind.plain(value))
    return "、".join(map(str, shown)) if isinstance(shown, list) else str(shown)


def beside(record: Any, name: str, kind: Any) -> str:
    """What links and lines would be: the lines themselves, a row each."""
    rows = record.incoming.get(name) or []
    if isinstance(kind, Refs):
        return "、".join(str(one) for one in kind.target._base_manager.filter(pk__in=rows).order_by("pk"))
    if isinstance(kind, Lines):
        return "；".join(_line(kind.target, row) for row in rows[:MOST_ROWS])
    return ""


def _line(model: Any, row: Mapping[str, Any]) -> str:
    kinds = model.kinds()
    return " ".join(text(kinds[n], v) for n, v in row.items() if n in kinds and not kinds[n].is_empty(v))


def answers(action: Any, data: Mapping[str, Any]) -> list[Told]:
    """What was filled into the form of an action."""
    fields = action.input.fields if action and action.input else {}
    shown = ((name, kind, data[name]) for name, kind in fields.items() if data.get(name) not in (None, "", []))
    return [
        {"field": name, "label": kind.label, "old": "", "new": WHOLE(value) if kind.secret else _answer(kind, value)}
        for name, kind, value in shown
    ]


def _answer(kind: Any, raw: Any) -> str:
    try:
        return text(kind, kind.parse(raw))
    except ValueError:
        return str(raw)
