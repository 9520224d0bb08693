"""Telling people, and what they have been told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.utils import timezone

from zhike.features.notify.knowing import Word, known
from zhike.features.notify.models import Notification
from zhike.kernel.errors import Invalid
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.record import leaving
from zhike.kernel.registry import objects

PAGE = 30


def tell(people: Iterable[int | None], text: str, *, record: Any = None, quoting: Collection[str] = (), actor: Actor) -> None:
    """Let these people know, the one who did it excepted, as far as they may know (see knowing.py).

    Arguments:
        record: what it is about; or the object to whose list it leads, where it is about several.
        quoting: the fields of it that the words quote.
    """
    tell_each(((person, text, record) for person in sorted({p for p in people if p})), quoting=quoting, actor=actor)


def tell_each(words: Iterable[Sequence[Any]], *, quoting: Collection[str] = (), actor: Actor) -> None:
    """Let each of these people know, in words of her own; each is a `Word`, or what one is made of. One statement in the end."""
    wanted = [Word(*word) for word in words]
    told = known([word for word in wanted if word.to and word.to != actor.pk], quoting)
    Notification.objects.bulk_create(
        Notification(person_id=word.to, text=word.text[:300], **_place(word.record)) for word in told
    )


def _place(record: Any) -> dict[str, Any]:
    """Where a notification leads."""
    if record is None:
        return {}
    return {"collection": record.spec.collection, "record": None if isinstance(record, type) else record.pk}


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
