"""Telling people, and what they have been told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from zhike.features.notify.models import Notification
from zhike.kernel.added import current
from zhike.kernel.errors import Invalid
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.record import leaving
from zhike.kernel.registry import objects

PAGE = 30


def tell(people: Iterable[int | None], text: str, *, record: Any = None, among: Any = None, actor: Actor) -> None:
    """Let these people know, the one who did it excepted; one statement however many they are.

    Of what is switched off nobody hears.

    Arguments:
        record: what it is about; among: the object to whose list it leads, where it is about several.
    """
    about = among if record is None else type(record)
    if about is not None and current().hides(about):
        return
    where = {"collection": about.spec.collection, "record": record and record.pk} if about is not None else {}
    told = sorted({p for p in people if p and p != actor.pk})
    Notification.objects.bulk_create(Notification(person_id=p, text=text[:300], **where) for p in told)


def tell_each(texts: Iterable[tuple[int, str, Any]], *, actor: Actor) -> None:
    """Let each of these people know of a record, in words of her own; one statement however many. The record may be None."""
    rows = [(p, text, record) for p, text, record in texts if p and p != actor.pk]
    Notification.objects.bulk_create(
        Notification(
            person_id=p,
            text=text[:300],
            collection=record.spec.collection if record else "",
            record=record.pk if record else None,
        )
        for p, text, record in rows
        if record is None or not current().hides(type(record))
    )


def unread(actor: Actor) -> int:
    """How many notifications wait."""
    return Notification.objects.filter(person_id=actor.pk, read_at__isnull=True).count()


def told(actor: Actor, after: int | None = None) -> dict[str, Any]:
    """The latest notifications, newest first; `after` is the id of the last one shown."""
    rows = Notification.objects.filter(person_id=actor.pk).order_by("-pk")
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    following = found[PAGE - 1].pk if len(found) > PAGE else None
    return {"rows": [n.as_json() for n in _tellable(found[:PAGE], actor)], "next": following, "unread": unread(actor)}


def _tellable(notices: list[Notification], actor: Actor) -> list[Notification]:
    """To somebody outside, nothing of records that may not leave the house (V-44); within a mandate, only what it covers."""
    if getattr(actor, "mandate", None):
        notices = [notice for notice in notices if _covered(notice, actor)]
    if not actor.outside:
        return notices
    about: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        if notice.record is not None:
            about[notice.collection].add(notice.record)
    held: set[tuple[str, int]] = set()
    for collection, ids in about.items():
        model = objects().get(collection)
        if model is not None and model.spec.leaves:
            free = set(model._base_manager.filter(leaving(model), pk__in=ids).values_list("pk", flat=True))
            held |= {(collection, pk) for pk in ids - free}
    return [notice for notice in notices if (notice.collection, notice.record) not in held]


def _covered(notice: Notification, actor: Any) -> bool:
    """What is about no object – an approval, a job – belongs to a mandate for everything only."""
    model = objects().get(notice.collection)
    return actor.reach("view", model) is not Reach.NONE if model else not actor.mandate.collections


def mark_read(actor: Actor, ids: Any) -> None:
    """These have been read; all of them when `ids` is "all". Raises Invalid."""
    mine = Notification.objects.filter(person_id=actor.pk, read_at__isnull=True)
    if ids != "all":
        if not isinstance(ids, list) or not all(isinstance(i, int) and 0 < i < 2**63 for i in ids):
            raise Invalid.of({"ids": "应为一组编号，或 all"})
        mine = mine.filter(pk__in=ids)
    mine.update(read_at=timezone.now())
