"""Related lists 相关列表: what each is called in an answer, and what of them may be handed over with the record (一并转交)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import F

from zhike.kernel import sight
from zhike.kernel.query import filters
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.spec import Related


def keys(related: Sequence[Related]) -> list[str]:
    """The collection of each list; with the field, where two lists are of one collection."""
    named = [apps.get_model(r.to).spec.collection for r in related]
    times = Counter(named)
    return [f"{name}.{r.field}" if times[name] > 1 else name for name, r in zip(named, related, strict=True)]


def lists(model: Any, actor: Actor) -> list[tuple[str, Related]]:
    """The related lists whose objects the actor may see at all, each with its key."""
    named = zip(keys(model.spec.related), model.spec.related, strict=True)
    return [(key, r) for key, r in named if _listed(r, actor)]


def _listed(r: Related, actor: Actor) -> bool:
    """Whether the actor may see such records at all, and what makes them belong here."""
    target = apps.get_model(r.to)
    return actor.reach("view", target) is not Reach.NONE and r.field.split(".")[0] in sight.askable(target, actor)


def companions(rows: Any, actor: Actor) -> Iterator[tuple[str, Related, Any]]:
    """What may go along when these records are handed over: key, list, and those rows of their own owners the actor may touch."""
    for key, r in lists(rows.model, actor):
        if r.along:
            target = apps.get_model(r.to)
            pending = filters.condition(target, target.spec.pending, actor)
            theirs = target.objects.filter(**belonging(r, rows)).values("pk")
            yield key, r, target.objects.visible_to(actor, "transfer").filter(pending, pk__in=theirs)


def collaborating(rows: Any, actor: Actor) -> tuple[Any, int] | None:
    """The field of those who work on these records beside their owners (协作人) and their number; None where it is closed."""
    name = rows.model.spec.collaborators
    if not name or name not in sight.readable(rows.model, actor):
        return None
    kind = rows.model.declared()[name]
    links = kind.remote_field.through._default_manager.filter(**{f"{kind.m2m_field_name()}__in": rows.order_by().values("pk")})
    return kind, links.values(kind.m2m_reverse_field_name()).distinct().count()


def belonging(r: Related, rows: Any) -> dict[str, Any]:
    """Those in the list of one of the records, and of the same owner as that one."""
    at = path(r)
    return {f"{at}__in": rows.order_by().values("pk"), "owner_id": F(f"{at}__owner_id")}


def path(r: Related) -> str:
    """What the ORM calls the way back."""
    return r.field.replace(".", "__")
