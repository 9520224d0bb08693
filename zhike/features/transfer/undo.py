"""Taking a whole import back (撤销导入), from the audit alone and set by set.

Records it made are removed, records it changed get their earlier values again; but a record that somebody has touched since, or
that others now point to, is left as it is and named with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q

from zhike.features.audit.models import Entry
from zhike.features.transfer.models import Import
from zhike.features.transfer.restoring import restore
from zhike.kernel.kinds import Lines, Ref, Refs
from zhike.kernel.registry import objects
from zhike.kernel.writes import delete_many
from zhike.org.objects.person import System

MOST_NAMED = 1000
TOUCHED = "导入之后被修改过"
POINTED_TO = "还有其他记录引用它"
# A field that only repeats what other records say is no change of the record itself.
MIRRORED = "mirror"


class Undoing(System):
    """Takes back, in the name of whoever asked, what her import did; that she may is decided before."""

    def __init__(self, found: Import, person: int | None) -> None:
        super().__init__(f"undo:{found.pk}")
        self.pk: Any = person


@dataclass
class Undone:
    """What was taken back, and what was not and why."""

    removed: int = 0
    restored: int = 0
    kept: int = 0
    named: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, model: Any, ids: Iterable[int], reason: str) -> None:
        """Name records that stay as they are."""
        left = sorted(ids)
        self.kept += len(left)
        room = MOST_NAMED - len(self.named)
        if room > 0 and left:
            rows = model._base_manager.filter(pk__in=left[:room]).values_list("pk", model.spec.title)
            shown = {"collection": model.spec.collection, "reason": reason}
            self.named += [{**shown, "id": pk, "label": str(label)} for pk, label in rows.order_by("pk")]

    def as_json(self) -> dict[str, Any]:
        return {"removed": self.removed, "restored": self.restored, "kept": self.kept, "records": self.named}


def undo_import(found: Import, actor: Any, progress: Callable[[int], None]) -> Undone:
    """Take back everything the import wrote, as far as nothing else has touched it."""
    undone, undoing = Undone(), Undoing(found, actor.pk)
    made: dict[Any, set[int]] = {}
    for model in models_of(found):
        created, changed, touched = sorted_out(found, model)
        undone.keep(model, touched, TOUCHED)
        made[model] = created
        undone.restored += restore(found, model, changed, undoing)
    remove(made, undone, undoing, progress)
    return undone


def models_of(found: Import) -> list[Any]:
    """Every object of which the import wrote records, consequences included."""
    written = Entry.objects.filter(through=found.cause).values_list("collection", flat=True)
    return [objects()[collection] for collection in written.order_by().distinct() if collection in objects()]


def sorted_out(found: Import, model: Any) -> tuple[set[int], set[int], set[int]]:
    """The records of one object that the import made, those it changed, and those of both that were touched since."""
    entries = Entry.objects.filter(collection=model.spec.collection)
    ours = entries.filter(through=found.cause)
    later = entries.filter(record=OuterRef("record"), pk__gt=OuterRef("first")).exclude(Q(through=found.cause) | Q(verb=MIRRORED))
    firsts = ours.values("record").annotate(first=Min("pk")).order_by()
    touched = {row["record"] for row in firsts.annotate(touched=Exists(later)).filter(touched=True)}
    created = set(ours.filter(part="", old__isnull=True).values_list("record", flat=True))
    changed = set(ours.exclude(verb=MIRRORED).values_list("record", flat=True)) - created
    return created - touched, changed - touched, touched


def remove(made: dict[Any, set[int]], undone: Undone, actor: Any, progress: Callable[[int], None]) -> None:
    """Remove what nothing points to, again and again, until only what others need is left."""
    went = True
    while went:
        went = False
        for model, ids in made.items():
            free = ids - pointed_to(model, ids)
            if free:
                went = True
                delete_many(model.objects.filter(pk__in=free), actor=actor)
                undone.removed += len(free)
                ids -= free
                progress(undone.removed)
    for model, ids in made.items():
        undone.keep(model, ids, POINTED_TO)


def pointed_to(model: Any, ids: set[int]) -> set[int]:
    """Those of the records to which any other record, line or link points."""
    found: set[int] = set()
    for manager, column in pointers().get(model, ()):
        if ids - found:
            found |= set(manager.filter(**{f"{column}__in": ids - found}).values_list(column, flat=True))
    return found


def pointers() -> dict[Any, list[tuple[Any, str]]]:
    """Object → every place from which records point to it: rows, lines and links."""
    found: dict[Any, list[tuple[Any, str]]] = defaultdict(list)
    for model in objects().values():
        for kind in model.kinds().values():
            if isinstance(kind, Lines):
                for part in kind.target.kinds().values():
                    point(found, kind.target, part)
            else:
                point(found, model, kind)
    return found


def point(found: dict[Any, list[tuple[Any, str]]], model: Any, kind: Any) -> None:
    if isinstance(kind, Refs):
        found[kind.target].append((kind.remote_field.through._default_manager, f"{kind.m2m_reverse_field_name()}_id"))
    elif isinstance(kind, Ref):
        found[kind.target].append((model._base_manager, kind.attname))
