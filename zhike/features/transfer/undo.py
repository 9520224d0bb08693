"""Taking a whole import back (撤销导入), from the audit alone and set by set.

Records it made are removed, records it changed get their earlier values again; but a record that somebody has touched since, or
that others now point to, is left as it is and named with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import CASCADE

from zhike.features.audit.models import Entry
from zhike.features.transfer.models import Import
from zhike.features.transfer.restoring import restore
from zhike.kernel.kinds import Lines, Ref, Refs
from zhike.kernel.registry import every_object
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
    """What was taken back, and what was not and why.

    Arguments:
        quiet: objects whose records go and stay with what they belong to, and are not spoken of.
    """

    quiet: frozenset[Any] = frozenset()
    removed: int = 0
    restored: int = 0
    kept: int = 0
    named: list[dict[str, Any]] = field(default_factory=list)

    def remove(self, model: Any, ids: set[int]) -> None:
        """Count records that have gone."""
        self.removed += 0 if model in self.quiet else len(ids)

    def keep(self, model: Any, ids: Iterable[int], reason: str) -> None:
        """Name records that stay as they are."""
        left = [] if model in self.quiet else sorted(ids)
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
    models, undoing = models_of(found), Undoing(found, actor.pk)
    undone = Undone(frozenset(m for m in models if belongs(m) and m.spec.collection != found.collection))
    made: dict[Any, set[int]] = {}
    for model in models:
        created, changed, touched = sorted_out(found, model)
        undone.keep(model, touched, TOUCHED)
        made[model] = created
        undone.restored += restore(found, model, changed, undoing)
    remove(made, undone, undoing, progress)
    return undone


def models_of(found: Import) -> list[Any]:
    """Every object of which the import wrote records, consequences included."""
    written = Entry.objects.filter(through=found.cause).values_list("collection", flat=True)
    return [every_object()[collection] for collection in written.order_by().distinct() if collection in every_object()]


def belongs(model: Any) -> bool:
    """Its records are parts of another's story, such as 阶段停留 of a deal, and end with it."""
    return any(isinstance(kind, Ref) and kind.remote_field.on_delete is CASCADE for kind in model.kinds().values())


def sorted_out(found: Import, model: Any) -> tuple[set[int], set[int], set[int]]:
    """The records of one object that the import made, those it changed, and those of both that were touched since."""
    ours = Entry.objects.filter(collection=model.spec.collection, through=found.cause)
    touched = touched_since(found, model)
    created = set(ours.filter(part="", old__isnull=True).values_list("record", flat=True))
    changed = set(ours.exclude(verb=MIRRORED).values_list("record", flat=True)) - created
    return created - touched, changed - touched, touched


def touched_since(found: Import, model: Any) -> set[int]:
    """Records of the import that somebody or something else has changed after it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH ours AS (
                SELECT record, min(id) AS first FROM audit_entry WHERE through = %(cause)s AND collection = %(collection)s
                GROUP BY record
            )
            SELECT record FROM ours WHERE EXISTS (
                SELECT FROM audit_entry later WHERE later.collection = %(collection)s AND later.record = ours.record
                AND later.id > ours.first AND later.through <> %(cause)s AND later.verb <> %(mirrored)s
            )
            """,
            {"cause": found.cause, "collection": model.spec.collection, "mirrored": MIRRORED},
        )
        return {record for (record,) in cursor.fetchall()}


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
                undone.remove(model, free)
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
    for model in every_object().values():
        for kind in {**model.declared(), **model.kinds()}.values():
            if isinstance(kind, Lines):
                for part in kind.target.declared().values():
                    point(found, kind.target, part)
            else:
                point(found, model, kind)
    return found


def point(found: dict[Any, list[tuple[Any, str]]], model: Any, kind: Any) -> None:
    if isinstance(kind, Refs):
        found[kind.target].append((kind.remote_field.through._default_manager, f"{kind.m2m_reverse_field_name()}_id"))
    elif isinstance(kind, Ref):
        found[kind.target].append((model._base_manager, f"{kind.path}_id"))
